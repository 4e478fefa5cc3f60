package dev.printshop.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.local.LocalCloudExtension;
import dev.printshop.local.Stack;
import dev.printshop.parcels.aws.KinesisScanStream;
import dev.printshop.parcels.domain.Examples;
import dev.printshop.parcels.domain.ScanKind;
import dev.printshop.parcels.domain.ScanStream;
import dev.printshop.parcels.domain.ScanStream.Outcome;
import dev.printshop.parcels.domain.ScanStreamContract;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The scan stream's adapter against Kinesis. */
@Tag("component")
@ExtendWith(LocalCloudExtension.class)
class KinesisScanStreamTest extends ScanStreamContract {

    private OwnStream stream;

    @BeforeEach
    void createStream(Stack stack) {
        stream = OwnStream.create(stack);
    }

    @AfterEach
    void deleteStream() {
        stream.delete();
    }

    @Test
    void streamThatIsNotThere_isAFailureOfAllScans() {
        ScanStream missing = new KinesisScanStream(stream.kinesis(), stream.name() + "-missing");

        List<Outcome> outcomes = missing.put(
                List.of(Examples.scan("FRA", ScanKind.RECEIVED, 0), Examples.scan("FRA", ScanKind.DEPARTED, 1)),
                Instant.now());

        assertThat(outcomes)
                .hasSize(2)
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Failed.class));
    }

    @Override
    protected ScanStream stream() {
        return new KinesisScanStream(stream.kinesis(), stream.name());
    }

    @Override
    protected List<Received> received() {
        return stream.recordsByShard().values().stream()
                .flatMap(List::stream)
                .map(Received::of)
                .toList();
    }
}
