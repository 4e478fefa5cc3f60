package dev.printshop.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConsoleTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8));

    @Test
    void step_isShownBeforeItRunsAndWithItsDurationAfterwards() {
        // when
        int answer = console.step("Deploy", () -> {
            assertThat(shown()).endsWith("▶ Deploy\n");
            console.line("%d resources", 40);
            return 7;
        });

        // then
        assertThat(answer).isEqualTo(7);
        assertThat(shown()).matches("\n▶ Deploy\n    40 resources\n  ✓ \\d+\\.\\d s\n");
    }

    @Test
    void stepThatFails_isNotShownAsDone() {
        // given
        Runnable failing = () -> {
            throw new LocalCloudException("for the test");
        };

        // then
        assertThatThrownBy(() -> console.step("Deploy", failing)).isInstanceOf(LocalCloudException.class);
        assertThat(shown()).isEqualTo("\n▶ Deploy\n");
    }

    @Test
    void lineWithoutValues_isShownAsItIs() {
        // when
        console.line("100 % of {\"a\":\"%s\"}");

        // then
        assertThat(shown()).isEqualTo("    100 % of {\"a\":\"%s\"}\n");
    }

    @Test
    void duration_isShownInSecondsWithOneDigitWhateverTheLocale() {
        assertThat(Console.seconds(Duration.ofMillis(61_250))).isEqualTo("61.3 s");
    }

    private String shown() {
        return out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
