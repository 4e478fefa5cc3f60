package dev.printshop.events.parcels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.shared.messages.Quoted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParcelDispatchedTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final ConditionLimits LIMITS = new ConditionLimits(2, 30, 8, 80);

    @Test
    void routeOfTwoStops_isTaken() {
        assertThat(dispatched(stops(2), NOON.plusSeconds(3600)).route()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 21})
    void routeOfTooFewOrTooManyStops_isRefused(int stops) {
        assertThatThrownBy(() -> dispatched(stops(stops), NOON.plusSeconds(999_999)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("route must have 2 to 20 stops, but has %d", stops);
    }

    @Test
    void routeThatPassesAHubTwice_isRefused() {
        assertThatThrownBy(() -> dispatched(
                        List.of(new RouteStop("FRA", NOON), new RouteStop("FRA", NOON.plusSeconds(60))),
                        NOON.plusSeconds(60)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("route must pass each hub once, but is [FRA, FRA]");
    }

    @Test
    void routeThatGoesBackInTime_isRefused() {
        assertThatThrownBy(() -> dispatched(
                        List.of(new RouteStop("FRA", NOON), new RouteStop("MAD", NOON)), NOON.plusSeconds(60)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("route must go forward in time, but stop MAD is planned for");
    }

    @Test
    void promiseBeforeTheLastStop_isRefused() {
        assertThatThrownBy(() -> dispatched(stops(2), NOON.plusSeconds(59)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("promisedAt must not be before the last stop's time");
    }

    @ParameterizedTest
    @CsvSource({
        "30, 30, 8, 80, minTemperatureCelsius must be below",
        "2, 30, 0, 80, maxShockG must be above 0",
        "2, 30, 8, 0, maxHumidityPercent must be above 0",
        "2, 30, 8, 100.5, maxHumidityPercent must be above 0",
        "NaN, 30, 8, 80, minTemperatureCelsius must be below"
    })
    void limitsThatMakeNoSense_areRefused(double cold, double warm, double shock, double humidity, String message) {
        assertThatThrownBy(() -> new ConditionLimits(cold, warm, shock, humidity))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "with space in it", "a/b-c-d-e"})
    void idOfAnotherForm_isRefusedWithTheForm(String id) {
        assertThatThrownBy(() -> new ParcelId(id))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parcelId must be 8 to 64 of the characters A-Z a-z 0-9 _ -, but is %s", Quoted.value(id));
    }

    @Test
    void keys_tellEventsOfOneParcelApart() {
        assertThat(ParcelEventExamples.all().map(ParcelEvent::key))
                .containsExactly("DELAYED#PT2H", "BREACHED#TOO_WARM", "DELIVERED");
        assertThat(ParcelEventExamples.PARCEL).hasToString("parcel-7Qm2xWv9Kd");
    }

    private static ParcelDispatched dispatched(List<RouteStop> route, Instant promisedAt) {
        return new ParcelDispatched(new ParcelId("parcel-1"), Optional.empty(), route, promisedAt, LIMITS);
    }

    private static List<RouteStop> stops(int number) {
        List<RouteStop> stops = new ArrayList<>();
        for (int stop = 0; stop < number; stop++) {
            stops.add(new RouteStop("HUB" + stop, NOON.plusSeconds(60L * stop)));
        }
        return stops;
    }
}
