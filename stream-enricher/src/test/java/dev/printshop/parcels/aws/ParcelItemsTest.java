package dev.printshop.parcels.aws;

import static dev.printshop.parcels.domain.Examples.LEVELS;
import static dev.printshop.parcels.domain.Examples.NOON;
import static dev.printshop.parcels.domain.Examples.PARCEL;
import static dev.printshop.parcels.domain.Examples.hub;
import static dev.printshop.parcels.domain.Examples.measured;
import static dev.printshop.parcels.domain.Examples.plan;
import static dev.printshop.parcels.domain.Examples.scan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.events.parcels.ParcelConditionBreached.Breach;
import dev.printshop.events.parcels.ParcelEvent;
import dev.printshop.parcels.domain.DelayPolicy;
import dev.printshop.parcels.domain.Examples;
import dev.printshop.parcels.domain.Parcel;
import dev.printshop.parcels.domain.ParcelEvents;
import dev.printshop.parcels.domain.ParcelStatus;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.ScanKind;
import dev.printshop.parcels.domain.TrackedParcel;
import dev.printshop.parcels.json.TrackingJson;
import dev.printshop.shared.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items of another version of the code, with hubs, kinds and limits unknown to this one, are readable. */
class ParcelItemsTest {

    private static final List<Scan> SCANS =
            List.of(scan("MAD", ScanKind.RECEIVED, 200), measured(300, 45, 1, 40), scan("FRA", ScanKind.RECEIVED, 700));
    private static final Parcel STORED = Parcel.unknown(PARCEL).with(plan(), SCANS);

    @Test
    void parcel_isReadAsItWasWritten() {
        assertThat(ParcelItems.parcel(item(STORED)))
                .usingRecursiveComparison()
                .ignoringFields("version")
                .isEqualTo(STORED);
    }

    @Test
    void parcelPromisedFarAhead_isKeptUntilAfterItsJourney_byEachWriter() {
        Instant halfAYearBefore = Examples.PROMISED.minus(Duration.ofDays(180));

        assertThat(expiresAt(STORED, halfAYearBefore)).isEqualTo(Examples.PROMISED.plus(Duration.ofDays(90)));
        assertThat(expiresAt(STORED, Examples.PROMISED.plus(Duration.ofDays(10))))
                .isEqualTo(Examples.PROMISED.plus(Duration.ofDays(100)));
        assertThat(expiresAt(Parcel.unknown(PARCEL), NOON)).isEqualTo(NOON.plus(Duration.ofDays(90)));
    }

    private static Instant expiresAt(Parcel parcel, Instant writtenAt) {
        return Instant.ofEpochSecond(
                Long.parseLong(ParcelItems.required(ParcelItems.state(parcel, writtenAt), "expiresAt")
                        .n()));
    }

    @Test
    void hubThatIsInNoListAnyMore_keepsTheParcelReadable_andItsStopsKnown() {
        // when
        Parcel parcel = ParcelItems.parcel(replaced(item(STORED), "MAD", "XYZ"));

        // then
        assertThat(parcel.plan().orElseThrow().route().getFirst().hub().code()).isEqualTo("XYZ");
        assertThat(parcel.status()).contains(ParcelStatus.AT_HUB);
        assertThat(parcel.progressPercent()).isEqualTo(50);
        assertThat(DelayPolicy.currentDelay(parcel)).isEqualTo(DelayPolicy.currentDelay(STORED));
        assertThat(ParcelEvents.unannounced(parcel, LEVELS))
                .extracting(ParcelEvent::key)
                .containsExactlyElementsOf(ParcelEvents.unannounced(STORED, LEVELS).stream()
                        .map(ParcelEvent::key)
                        .toList());
        assertThat(tracking(parcel)).contains("\"hubCode\":\"XYZ\",\"city\":\"XYZ\"");
    }

    @Test
    void closedHub_isShownAsTheHubThatItWas() {
        Parcel parcel = ParcelItems.parcel(replaced(item(STORED), "MAD", "OSL"));

        assertThat(tracking(parcel)).contains("\"hubCode\":\"OSL\",\"city\":\"Oslo\"");
        assertThat(parcel.progressPercent()).isBetween(1, 99);
    }

    @Test
    void kindOfAnotherVersion_isKeptAndShown_andDoesNotChangeTheState() {
        // when
        Parcel parcel = ParcelItems.parcel(replaced(item(STORED), "RECEIVED", "HELD_BY_CUSTOMS"));

        // then
        assertThat(parcel.latestScans().getFirst().kind()).isEqualTo(new ScanKind.Unknown("HELD_BY_CUSTOMS"));
        assertThat(parcel.status()).contains(ParcelStatus.IN_TRANSIT);
        assertThat(tracking(parcel)).contains("\"kind\":\"HELD_BY_CUSTOMS\"");
        assertThat(ParcelItems.parcel(item(parcel)))
                .usingRecursiveComparison()
                .ignoringFields("version")
                .isEqualTo(parcel);
    }

    @Test
    void limitOfAnotherVersion_isStoredShownAndAnnounced() {
        // when
        Parcel parcel = ParcelItems.parcel(replaced(item(STORED), "TOO_WARM", "TOO_BRIGHT"));

        // then
        assertThat(parcel.breaches()).containsOnlyKeys(Breach.of("TOO_BRIGHT"));
        assertThat(tracking(parcel)).contains("\"breaches\":[\"TOO_BRIGHT\"]");
        assertThat(ParcelEvents.unannounced(parcel, LEVELS))
                .extracting(ParcelEvent::key)
                .contains("BREACHED#TOO_BRIGHT");
        assertThat(ParcelItems.parcel(item(parcel)).breaches()).isEqualTo(parcel.breaches());
    }

    @Test
    void itemOfAVersionWithoutArrivals_keepsItsGreatestDelayAndItsLastArrival() {
        // given
        Map<String, AttributeValue> item = item(STORED);
        AttributeValue lastArrival = AttributeValue.fromM(ParcelItems.item(SCANS.getLast(), NOON));
        item.remove("arrivals");
        item.remove("worstSilence");
        item.put("lateness", lastArrival);

        // when
        Parcel parcel = ParcelItems.parcel(item);

        // then
        assertThat(DelayPolicy.currentDelay(parcel)).contains(Duration.ofMinutes(340));
        assertThat(DelayPolicy.worst(parcel)).isEqualTo(DelayPolicy.worst(STORED));
        assertThat(DelayPolicy.currentDelay(parcel.with(scan("FRA", ScanKind.RECEIVED, 350))))
                .contains(Duration.ZERO);
        assertThat(ParcelItems.state(parcel, NOON)).doesNotContainKey("lateness");
    }

    @Test
    void scanOfAHubAndAKindThatAreGone_isReadable() {
        // given
        Map<String, AttributeValue> item = replaced(
                replaced(ParcelItems.item(SCANS.getFirst(), NOON), "MAD", "XYZ"), "RECEIVED", "HELD_BY_CUSTOMS");

        // when
        Scan scan = ParcelItems.scan(PARCEL, item);

        // then
        assertThat(scan.hub().code()).isEqualTo("XYZ");
        assertThat(scan.kind().name()).isEqualTo("HELD_BY_CUSTOMS");
        assertThat(STORED.with(scan).latestScans()).isNotEmpty();
        assertThat(hub("MAD").distanceKmTo(scan.hub())).isEmpty();
    }

    private static String tracking(Parcel parcel) {
        return JsonObject.write(TrackingJson.write(
                new TrackedParcel(parcel, parcel.latestScans().reversed(), Optional.empty()), NOON));
    }

    private static Map<String, AttributeValue> item(Parcel parcel) {
        Map<String, AttributeValue> item = new HashMap<>(ParcelItems.state(parcel, NOON));
        item.putAll(ParcelItems.key(parcel.id()));
        item.put("version", ParcelItems.number(1));
        return item;
    }

    /** An item with another text in place of a text, also as the name of an attribute, at any depth. */
    private static Map<String, AttributeValue> replaced(
            Map<String, AttributeValue> item, String text, String replacement) {
        Map<String, AttributeValue> replaced = new HashMap<>();
        item.forEach((name, value) ->
                replaced.put(name.equals(text) ? replacement : name, replaced(value, text, replacement)));
        return replaced;
    }

    private static AttributeValue replaced(AttributeValue value, String text, String replacement) {
        if (value.hasM()) {
            return AttributeValue.fromM(replaced(value.m(), text, replacement));
        }
        if (value.hasL()) {
            return AttributeValue.fromL(value.l().stream()
                    .map(element -> replaced(element, text, replacement))
                    .toList());
        }
        return text.equals(value.s()) ? AttributeValue.fromS(replacement) : value;
    }
}
