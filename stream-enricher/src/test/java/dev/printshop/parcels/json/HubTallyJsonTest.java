package dev.printshop.parcels.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.parcels.domain.HubTally;
import dev.printshop.parcels.domain.Hubs;
import dev.printshop.shared.json.InvalidJsonException;
import dev.printshop.shared.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HubTallyJsonTest {

    private static final HubTally TALLY = new HubTally(3, 2, new TreeMap<>(Map.of(0, 1, 14, 2)));

    @Test
    void tally_isReadAsItWasWritten() {
        assertThat(HubTallyJson.read(HubTallyJson.write(TALLY))).isEqualTo(TALLY);
        assertThat(HubTallyJson.read(HubTallyJson.write(HubTally.NONE))).isEqualTo(HubTally.NONE);
    }

    @Test
    void unevenLists_areNoTally() {
        assertThatThrownBy(() -> HubTallyJson.read(
                        "{\"parcelsIn\": 1, \"parcelsOut\": 0, \"delayMinutes\": [1, 2], \"scans\": [1]}"))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessageContaining("have 2 and 1 values");
    }

    /** The service ends a window early when its state is over a megabyte. */
    @Test
    void busiestMinuteOfAllHubs_staysFarBelowAMegabyte() {
        // given a hundred thousand scans for each delay that there is
        SortedMap<Integer, Integer> delays = new TreeMap<>();
        IntStream.rangeClosed(0, HubTally.MAX_DELAY_MINUTES).forEach(minutes -> delays.put(minutes, 100_000));
        String text = HubTallyJson.write(new HubTally(Integer.MAX_VALUE, Integer.MAX_VALUE, delays));

        // when
        Map<String, String> state = new TreeMap<>();
        Hubs.all().list().forEach(hub -> state.put(hub.code(), text));

        // then
        assertThat(JsonObject.write(state).getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(500_000);
    }
}
