package dev.printshop.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionLogsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"timestamp\":\"2026-11-25T11:35:10Z\",\"message\":\"Not authorized\",\"level\":\"ERROR\"}",
                "Error: Could not find or load main class",
                "Exception in thread \"main\" java.lang.OutOfMemoryError: Java heap space"
            })
    void recordOfLevelErrorOrLineThatIsNoRecord_tellsOfAnError(String line) {
        assertThat(FunctionLogs.tellsOfError(line)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "START RequestId: 43647aa5-7227-40a7-9010-92a042e70a78 Version: 1",
                "END RequestId: 43647aa5-7227-40a7-9010-92a042e70a78",
                "REPORT RequestId: 43647aa5-7227-40a7-9010-92a042e70a78\tDuration: 3.05 ms",
                "{\"timestamp\":\"2026-11-25T11:35:10Z\",\"message\":\"no ERROR\",\"level\":\"WARN\"}",
                "{\"timestamp\":\"2026-11-25T11:35:10Z\",\"message\":\"PhotoResized\",\"level\":\"INFO\"}"
            })
    void otherRecordsAndThePlatformsLines_tellOfNone(String line) {
        assertThat(FunctionLogs.tellsOfError(line)).isFalse();
    }
}
