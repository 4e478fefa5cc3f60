package dev.printshop.parcels.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import dev.printshop.parcels.domain.Examples;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.ScanKind;
import dev.printshop.shared.json.InvalidJsonException;
import dev.printshop.shared.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The validation of stream records, for all three consumers of the stream. */
class ScanJsonTest {

    private static final Scan SCAN = Examples.scan("FRA", ScanKind.RECEIVED, 0);
    private static final String JSON = JsonObject.write(ScanJson.write(SCAN));

    @Test
    void scan_isReadAsItWasWritten() {
        assertThat(read(JSON)).isEqualTo(SCAN);
        assertThat(read(JSON + "\r\n")).isEqualTo(SCAN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "\n{}", ",", "]", "\0", "x"})
    void recordThatGoesOnAfterItsScan_isRefused(String more) {
        assertThatThrownBy(() -> read(JSON + more)).isInstanceOf(InvalidJsonException.class);
    }

    @Test
    void recordOfTwoScans_isRefused() throws IOException {
        try (InputStream file = Objects.requireNonNull(
                ScanJsonTest.class.getResourceAsStream("/cases/enrich-scans.two-scans-in-a-record.json"))) {
            KinesisEvent event = LambdaEventSerializers.serializerFor(
                            KinesisEvent.class, ScanJsonTest.class.getClassLoader())
                    .fromJson(file);

            assertThatThrownBy(() -> ScanJson.read(
                            event.getRecords().getFirst().getKinesis().getData(), Examples.NOON))
                    .isInstanceOf(InvalidJsonException.class)
                    .hasMessageStartingWith("The text must hold one JSON value, but goes on after it");
        }
    }

    @Test
    void recordWithAFieldTwice_isRefused() {
        String twice = JSON.replace("{\"scanId\"", "{\"scanId\":\"other\",\"scanId\"");

        assertThatThrownBy(() -> read(twice)).isInstanceOf(InvalidJsonException.class);
    }

    @Test
    void recordThatIsNotUtf8_isRefused() {
        ByteBuffer latin1 = StandardCharsets.ISO_8859_1.encode(JSON.replace("}", ",\"remark\":\"Zürich\"}"));

        assertThatThrownBy(() -> ScanJson.read(latin1, Examples.NOON))
                .isInstanceOf(InvalidJsonException.class)
                .hasMessage("The text is not UTF-8");
    }

    private static Scan read(String text) {
        return ScanJson.read(StandardCharsets.UTF_8.encode(text), Examples.NOON);
    }
}
