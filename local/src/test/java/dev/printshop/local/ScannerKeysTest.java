package dev.printshop.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.local.ScannerKeys.ScannerKey;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ScannerKeysTest {

    @Test
    void unknownHub_isRefusedBeforeAnyCall() {
        Console console = new Console(new PrintStream(new ByteArrayOutputStream()));

        assertThatThrownBy(() -> ScannerKeys.main("XYZ", "dev", LocalCloudExtension.ROOT, console))
                .isInstanceOf(LocalCloudException.class)
                .hasMessageStartingWith("HUB must be one of [AMS, ")
                .hasMessageEndingWith(", not 'XYZ'");
    }

    @Test
    void textOfAKey_hasNoSecret() {
        assertThat(new ScannerKey("a1b2c3", "printshop-dev-scanner-FRA", "printshop-dev-scanners", "FRA.secret"))
                .hasToString("printshop-dev-scanner-FRA (a1b2c3)");
    }
}
