package dev.printshop.local.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.local.LocalCloudException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "upload OWNER=anna | PHOTO is missing",
                "upload PHOTO=Makefile OWNER= | OWNER is missing",
                "upload PHOTO=Makefile OWNER=a/b | OWNER must have letters, digits, _ and - only, not 'a/b'",
                "upload PHOTO=none.jpg OWNER=anna | PHOTO must be a file that can be read, not '",
                "upload PHOTO=Makefile OWNER=anna NAME=a/b.jpg | NAME must have 1 to 128 letters",
                "remove OWNER=anna NAME= | NAME is missing: make remove OWNER=anna NAME=cat.jpg",
                "remove NAME=cat.jpg | OWNER is missing",
                "gallery | OWNER is missing",
                "scan PARCEL=p1 | HUB is missing",
                "scan HUB=XYZ PARCEL=p1 | HUB must be one of [AMS, ",
                "scan HUB=FRA | PARCEL is missing",
                "scan HUB=FRA PARCEL=p/1 | PARCEL must have 1 to 64 letters, digits, _ and - only, not 'p/1'",
                "scan HUB=FRA PARCEL=p1 KIND=LOST | KIND must be one of [RECEIVED, DEPARTED, ",
                "scan HUB=FRA PARCEL=p1 TEMPERATURE=warm | TEMPERATURE must be a number of °C, not 'warm'",
                "parcel PARCEL= | PARCEL is missing",
                "customer GROUP=support | NAME is missing: make customer NAME=anna",
                "customer NAME=Anna@Home | NAME must have 1 to 40 small letters, digits and - only, not 'Anna@Home'",
                "customer NAME=anna GROUP=owners | GROUP must be one of [approvers, support], not 'owners'",
                "token NAME= | NAME is missing"
            })
    void missingOrWrongValue_isNamed(String command, String message) {
        assertThatThrownBy(() -> read(command))
                .isInstanceOf(LocalCloudException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "upload PHOTO=local/src/main/resources/photos/cat.jpg OWNER=anna NAME=",
                "remove OWNER=anna NAME=cat.jpg",
                "gallery OWNER=anna",
                "scan HUB=FRA PARCEL=p1 KIND= TEMPERATURE=",
                "scan HUB=FRA PARCEL=p1 KIND=DELIVERED TEMPERATURE=-3.5",
                "parcel PARCEL=p1",
                "alerts",
                "figures",
                "lake",
                "customer NAME=anna GROUP=",
                "customer NAME=anna GROUP=approvers",
                "token NAME=anna",
                "failures"
            })
    void completeCommand_isAccepted(String command) {
        assertThatCode(() -> read(command)).doesNotThrowAnyException();
    }

    @Test
    void commands_areThoseThatTheMakefileCalls() throws IOException {
        // given
        String makefile = Files.readString(ROOT.resolve("Makefile"));

        // when
        Set<String> called = Pattern.compile("(?m)^(\\w+): \\$\\(USE\\) .*\\n\t@\\$\\(LOCAL\\) (\\w+)")
                .matcher(makefile)
                .results()
                .map((MatchResult target) -> target.group(2))
                .collect(Collectors.toSet());

        // then
        assertThat(called).isEqualTo(Commands.names());
    }

    private static Commands.Action read(String command) {
        List<String> words = List.of(command.split(" "));
        return Commands.read(words.getFirst(), words.subList(1, words.size()), ROOT);
    }
}
