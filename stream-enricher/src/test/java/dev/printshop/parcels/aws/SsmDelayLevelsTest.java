package dev.printshop.parcels.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.parcels.domain.DelayLevels;
import dev.printshop.shared.concurrency.TransientFailureException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;

class SsmDelayLevelsTest {

    private Instant now = Instant.parse("2026-11-25T12:00:00Z");
    private final FakeSsm ssm = new FakeSsm();
    private final SsmDelayLevels levels = new SsmDelayLevels(ssm, "/levels", () -> now);

    @Test
    void levels_areReadOnceAMinute() {
        assertThat(levels.current()).isEqualTo(DelayLevels.parse("PT30M,PT2H"));
        ssm.value = "PT1H";
        now = now.plusSeconds(59);
        assertThat(levels.current()).isEqualTo(DelayLevels.parse("PT30M,PT2H"));
        now = now.plusSeconds(1);
        assertThat(levels.current()).isEqualTo(DelayLevels.parse("PT1H"));
        assertThat(ssm.reads).isEqualTo(2);
    }

    @Test
    void readingThatFailsLater_leavesTheLevelsAsTheyWere() {
        levels.current();
        now = now.plusSeconds(60);
        ssm.value = "soon";

        assertThat(levels.current()).isEqualTo(DelayLevels.parse("PT30M,PT2H"));
        assertThat(levels.current()).isEqualTo(DelayLevels.parse("PT30M,PT2H"));
        assertThat(ssm.reads).as("not again within the minute").isEqualTo(2);
    }

    @Test
    void levelsThatAreOlderThanAnHour_areNotUsedAnyMore() {
        levels.current();
        ssm.value = "soon";
        now = now.plus(Duration.ofHours(1));
        assertThat(levels.current()).isEqualTo(DelayLevels.parse("PT30M,PT2H"));

        now = now.plus(Duration.ofMinutes(1));

        assertThatThrownBy(levels::current).isInstanceOf(TransientFailureException.class);
    }

    @Test
    void primedLevels_areNotKept() {
        levels.current();
        levels.clear();
        ssm.value = "soon";

        assertThat(ssm.reads).isEqualTo(1);
        assertThatThrownBy(levels::current).isInstanceOf(TransientFailureException.class);
    }

    @Test
    void wrongValue_isRefusedWithTheParametersName_andPassesWhenItIsCorrected() {
        ssm.value = "soon";

        assertThatThrownBy(levels::current)
                .isInstanceOf(TransientFailureException.class)
                .hasMessageStartingWith("Parameter /levels: Delay levels must be ISO 8601 durations");
        ssm.value = "PT1H";
        assertThat(levels.current()).isEqualTo(DelayLevels.parse("PT1H"));
    }

    private static final class FakeSsm implements SsmClient {

        private String value = "PT30M,PT2H";
        private int reads;

        @Override
        public GetParameterResponse getParameter(GetParameterRequest request) {
            assertThat(request.name()).isEqualTo("/levels");
            reads++;
            return GetParameterResponse.builder()
                    .parameter(parameter -> parameter.value(value))
                    .build();
        }

        @Override
        public String serviceName() {
            return "ssm";
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    }
}
