package dev.printshop.local.commands;

import dev.printshop.local.Console;
import dev.printshop.local.LocalCloudException;
import dev.printshop.local.ScannerKeys;
import dev.printshop.local.Stack;
import dev.printshop.local.commands.Commands.Action;
import dev.printshop.local.story.HubBoard;
import dev.printshop.local.story.ParcelDesk;
import dev.printshop.local.story.SupportInbox;
import dev.printshop.local.story.SupportInbox.Alert;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What scanners, recipients and support do with parcels. */
final class ParcelCommands {

    private static final List<String> KINDS =
            List.of("RECEIVED", "DEPARTED", "OUT_FOR_DELIVERY", "DELIVERED", "EXCEPTION");

    private static final String SCAN_EXAMPLE = "for example make scan HUB=FRA PARCEL=parcel-1";

    private static final int SHOWN_OBJECTS = 10;

    private ParcelCommands() {}

    /** Sends one scan of the current time, with a new key of the hub. */
    static Action scan(Values values, Path projectRoot) {
        String hub = values.required("HUB", SCAN_EXAMPLE);
        ScannerKeys.requireHub(hub, projectRoot);
        Map<String, Object> scan = new LinkedHashMap<>();
        scan.put("scanId", "scan-" + UUID.randomUUID());
        scan.put("parcelId", parcelId(values, SCAN_EXAMPLE));
        scan.put("hubCode", hub);
        scan.put("kind", Values.oneOf(KINDS, "KIND", values.optional("KIND", "RECEIVED")));
        scan.put("scannedAt", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        if (values.has("TEMPERATURE")) {
            scan.put("condition", Map.of("temperatureCelsius", temperature(values.optional("TEMPERATURE", ""))));
        }
        return (stack, console) -> {
            Map<String, Object> result =
                    new ParcelDesk(stack).scan(hub, List.of(scan)).getFirst();
            if (!"ACCEPTED".equals(result.get("status"))) {
                throw new LocalCloudException("The scan was not accepted: " + result);
            }
            console.line("%s: %s at %s", String.valueOf(result.get("status")), String.valueOf(scan.get("kind")), hub);
        };
    }

    static Action parcel(Values values) {
        String parcelId = parcelId(values, "for example make parcel PARCEL=parcel-1");
        return (stack, console) -> {
            Map<String, Object> parcel = new ParcelDesk(stack)
                    .track(parcelId)
                    .orElseThrow(() -> new LocalCloudException("There is no parcel " + parcelId));
            ParcelDesk.pretty(parcel).lines().forEach(line -> console.line("%s", line));
        };
    }

    /** The inbox stays open: alerts arrive in it as long as the local cloud runs. */
    @SuppressWarnings("resource")
    static void alerts(Stack stack, Console console) {
        List<Alert> alerts = SupportInbox.standing(stack).look();
        alerts.forEach(alert -> alert.show(console));
        console.line("%d alerts since make run, the newest last", alerts.size());
    }

    static void figures(Stack stack, Console console) {
        HubBoard.show(new HubBoard(stack).since(Instant.EPOCH), console);
        console.line("The figures of a minute are complete some seconds after it.");
    }

    static void lake(Stack stack, Console console) {
        S3Client s3 = stack.client(S3Client.builder());
        String bucket = stack.dataLakeBucket();
        List<S3Object> objects =
                s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix("scans/")).contents().stream()
                        .toList();
        objects.stream().skip(Math.max(0, objects.size() - SHOWN_OBJECTS)).forEach(object -> {
            console.line("%s", object.key());
            console.line(
                    "    %s",
                    s3.getObjectAsBytes(get -> get.bucket(bucket).key(object.key()))
                            .asUtf8String()
                            .strip());
        });
        console.line("%d objects in s3://%s/scans/, of which these are the last", objects.size(), bucket);
    }

    private static String parcelId(Values values, String example) {
        String parcelId = values.required("PARCEL", example);
        if (!parcelId.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new LocalCloudException(
                    "PARCEL must have 1 to 64 letters, digits, _ and - only, not '%s'".formatted(parcelId));
        }
        return parcelId;
    }

    private static double temperature(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new LocalCloudException("TEMPERATURE must be a number of °C, not '%s'".formatted(text), e);
        }
    }
}
