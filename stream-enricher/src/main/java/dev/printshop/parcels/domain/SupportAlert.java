package dev.printshop.parcels.domain;

import dev.printshop.events.parcels.ParcelConditionBreached;
import dev.printshop.events.parcels.ParcelConditionBreached.Breach;
import dev.printshop.events.parcels.ParcelDelayed;
import dev.printshop.events.parcels.ParcelDelivered;
import dev.printshop.events.parcels.ParcelEvent;
import dev.printshop.events.parcels.ParcelId;
import dev.printshop.events.parcels.ParcelSighting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An alert to support about a parcel.
 *
 * @param parcel the parcel
 * @param key the alert's unique key for its parcel
 * @param eventType the name of its event
 * @param severity how bad it is
 * @param subject one line of ASCII, at most 100 characters
 * @param text what happened, where, the promised time, the last scans, and the tracking link
 */
public record SupportAlert(
        ParcelId parcel, String key, String eventType, Severity severity, String subject, String text) {

    private static final Duration MAJOR_FROM = Duration.ofHours(2);
    private static final Duration CRITICAL_FROM = Duration.ofHours(24);

    /** How bad it is; subscriptions filter by it. */
    public enum Severity {
        MINOR,
        MAJOR,
        CRITICAL
    }

    /**
     * The alert for an event.
     *
     * @param trackingUrl where parcels are tracked, without a slash at its end
     * @return empty for an event that is not reported to support
     */
    public static Optional<SupportAlert> of(ParcelEvent event, String trackingUrl) {
        return switch (event) {
            case ParcelDelayed delayed -> Optional.of(ofDelay(delayed, trackingUrl));
            case ParcelConditionBreached breached -> Optional.of(ofBreach(breached, trackingUrl));
            case ParcelDelivered _ -> Optional.empty();
        };
    }

    private static SupportAlert ofDelay(ParcelDelayed delayed, String trackingUrl) {
        String cause = switch (delayed.cause()) {
            case LATE_SCAN -> " It was scanned late.";
            case SILENCE -> " It was not scanned where it should have been.";
            case OTHER -> "";
        };
        String now = delayed.deliveredAt()
                .map(at -> "It was delivered at %s".formatted(at))
                .orElseGet(() -> "It is now expected at %s".formatted(delayed.projectedArrival()));
        return alert(
                delayed,
                severity(delayed.level()),
                "Parcel %s was %s late".formatted(delayed.parcel(), inWords(delayed.delay())),
                "Parcel %s was %s late%s, which is %s or more.%s%n%s, %s. It was promised for %s."
                        .formatted(
                                delayed.parcel(),
                                inWords(delayed.delay()),
                                delayed.delayedAt().map(" at %s"::formatted).orElse(""),
                                inWords(delayed.level()),
                                cause,
                                now,
                                lateness(delayed.currentDelay()),
                                delayed.promisedAt()),
                delayed.orderId(),
                delayed.lastScans(),
                trackingUrl);
    }

    private static SupportAlert ofBreach(ParcelConditionBreached breached, String trackingUrl) {
        String what = switch (breached.breach()) {
            case Breach.Known.TOO_COLD -> "too cold";
            case Breach.Known.TOO_WARM -> "too warm";
            case Breach.Known.SHOCK -> "shaken too hard";
            case Breach.Known.TOO_HUMID -> "too humid";
            case Breach.Unknown _ -> "beyond a limit";
        };
        String unit = switch (breached.breach()) {
            case Breach.Known.TOO_COLD, Breach.Known.TOO_WARM -> " °C";
            case Breach.Known.SHOCK -> " g";
            case Breach.Known.TOO_HUMID -> " %";
            case Breach.Unknown _ -> "";
        };
        return alert(
                breached,
                Severity.MAJOR,
                "Parcel %s was %s".formatted(breached.parcel(), what),
                "Parcel %s was %s (%s): %s%s, the limit is %s%s. It was measured in %s (%s) at %s.%nPromised for %s."
                        .formatted(
                                breached.parcel(),
                                what,
                                breached.breach().name(),
                                breached.value(),
                                unit,
                                breached.limit(),
                                unit,
                                breached.at().city(),
                                breached.at().hubCode(),
                                breached.at().scannedAt(),
                                breached.promisedAt()),
                breached.orderId(),
                breached.lastScans(),
                trackingUrl);
    }

    private static SupportAlert alert(
            ParcelEvent event,
            Severity severity,
            String subject,
            String text,
            Optional<String> orderId,
            List<ParcelSighting> lastScans,
            String trackingUrl) {
        String scans = lastScans.isEmpty()
                ? "  none"
                : lastScans.stream()
                        .map(scan -> "  %s %s in %s (%s)"
                                .formatted(scan.scannedAt(), scan.kind(), scan.city(), scan.hubCode()))
                        .collect(Collectors.joining(System.lineSeparator()));
        return new SupportAlert(
                event.parcel(),
                event.key(),
                event.detailType(),
                severity,
                subject,
                "%s%s%nLast scans:%n%s%nLook at %s/%s%n"
                        .formatted(
                                text,
                                orderId.map(order -> " Order %s.".formatted(order))
                                        .orElse(""),
                                scans,
                                trackingUrl,
                                event.parcel()));
    }

    private static Severity severity(Duration level) {
        if (level.compareTo(CRITICAL_FROM) >= 0) {
            return Severity.CRITICAL;
        }
        return level.compareTo(MAJOR_FROM) >= 0 ? Severity.MAJOR : Severity.MINOR;
    }

    private static String lateness(Duration delay) {
        if (delay.isZero()) {
            return "in time";
        }
        return delay.toMinutes() == 0 ? "less than a minute late" : inWords(delay) + " late";
    }

    private static String inWords(Duration delay) {
        String hours = delay.toHours() == 0 ? "" : delay.toHours() + " h";
        String minutes = delay.toMinutesPart() == 0 ? "" : delay.toMinutesPart() + " min";
        return (hours + " " + minutes).strip();
    }
}
