package dev.printshop.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The commands that the documentation and {@code make run} print need nothing but the prerequisites that README.md
 * names. Commands that need the AWS CLI are in a section whose heading has the words "AWS CLI".
 */
@Tag("contract")
class DocumentedCommandsTest {

    private static final Path ROOT = Path.of("..");

    private static final Set<String> FIRST_WORDS = Set.of("make", "export", "cd", "git");

    private static final String VIRTUAL_ENVIRONMENT = ".venv/";

    private static final Set<String> SHELLS = Set.of("shell", "sh", "bash");

    private static final Pattern TARGET = Pattern.compile("^([a-z][a-z0-9-]*):(?!=)", Pattern.MULTILINE);

    private static final Pattern INLINE_MAKE = Pattern.compile("`make ([a-z][a-z0-9-]*)");

    private static final Pattern INLINE_OTHER = Pattern.compile("`((?:aws|curl|jq|socat|mvn) [^`]+)`");

    private static final Pattern PRINTED_MAKE = Pattern.compile("(?<![`\\w])make ([a-z][a-z0-9-]*)(?=[ \"%]|$)");

    @Test
    void commandsOfTheDocuments_needOnlyThePrerequisites_andAreTargetsOfTheMakefile() throws IOException {
        Set<String> targets = targets();
        List<String> wrong = new ArrayList<>();
        int checked = 0;
        for (Path document : documents()) {
            for (Line line : commands(Files.readAllLines(document))) {
                checked++;
                problem(line.command(), targets)
                        .forEach(problem ->
                                wrong.add("%s:%d: %s".formatted(ROOT.relativize(document), line.number(), problem)));
            }
        }

        assertThat(checked).isGreaterThan(30);
        assertThat(wrong).isEmpty();
    }

    @Test
    void commandsThatTheLocalCloudPrints_areTargetsOfTheMakefile() throws IOException {
        Set<String> targets = targets();
        List<String> printed = new ArrayList<>();
        try (Stream<Path> files = Files.walk(ROOT.resolve("local/src/main/java"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    if (line.contains("\"")
                            && !line.strip().startsWith("*")
                            && !line.strip().startsWith("//")) {
                        PRINTED_MAKE
                                .matcher(line)
                                .results()
                                .forEach((MatchResult found) -> printed.add(found.group(1)));
                        assertThat(line).doesNotContain("\"aws ", "\"curl ", " aws s3 ", " aws sqs ", " aws dynamodb ");
                    }
                }
            }
        }

        assertThat(printed).contains("upload", "scan", "alerts", "failures").isSubsetOf(targets);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws s3 ls", "make nothing-of-this-name", "jq .", "curl http://127.0.0.1"})
    void commandThatNeedsMore_isFound(String command) throws IOException {
        assertThat(problem(command, targets())).isNotEmpty();
    }

    @Test
    void commands_areThoseOfShellBlocksAndIndentedLines_withoutTheSectionsForTheAwsCli() {
        assertThat(commands(List.of(
                        "    make run  # comment",
                        "```shell",
                        "make test \\",
                        "  aws",
                        "```",
                        "`make stop` and `aws s3 ls`",
                        "```json",
                        "aws",
                        "```",
                        "## On AWS, with the AWS CLI",
                        "```shell",
                        "aws s3 ls",
                        "# no heading",
                        "aws s3 rm",
                        "```",
                        "### A part of it",
                        "`aws s3 ls`",
                        "## Next",
                        "`aws s3 ls x`")))
                .extracting(Line::command)
                .containsExactly("make run  # comment", "make test \\", "make stop", "aws s3 ls", "aws s3 ls x");
    }

    /**
     * A command in a document.
     *
     * @param number of the line in the document
     */
    private record Line(int number, String command) {}

    private static List<Line> commands(List<String> lines) {
        List<Line> commands = new ArrayList<>();
        int levelForAwsCli = 0;
        String block = "";
        boolean continued = false;
        for (int i = 0; i < lines.size(); i++) {
            String text = lines.get(i);
            boolean inBlock = !block.isEmpty();
            if (text.startsWith("```")) {
                block = inBlock ? "" : text.substring(3).isEmpty() ? "text" : text.substring(3);
                continued = false;
                continue;
            }
            if (!inBlock && text.startsWith("#")) {
                int level = text.indexOf(' ');
                if (levelForAwsCli == 0 || level <= levelForAwsCli) {
                    levelForAwsCli = text.toUpperCase(Locale.ROOT).contains("AWS CLI") ? level : 0;
                }
            }
            if (levelForAwsCli > 0) {
                continue;
            }
            if (SHELLS.contains(block)) {
                if (!continued && !text.isBlank() && !text.startsWith("#")) {
                    commands.add(new Line(i + 1, text));
                }
                continued = text.endsWith("\\");
            } else if (!inBlock) {
                if (text.startsWith("    make ")) {
                    commands.add(new Line(i + 1, text.strip()));
                }
                int number = i + 1;
                Stream.of(INLINE_MAKE, INLINE_OTHER)
                        .flatMap(pattern -> pattern.matcher(text).results())
                        .forEach((MatchResult found) ->
                                commands.add(new Line(number, found.group().replace("`", ""))));
            }
        }
        return commands;
    }

    private static List<String> problem(String command, Set<String> targets) {
        List<String> words = List.of(command.split("\\s+", -1));
        if (words.getFirst().equals("make")) {
            return words.size() > 1 && targets.contains(words.get(1))
                    ? List.of()
                    : List.of("no target of the Makefile: " + command);
        }
        return FIRST_WORDS.contains(words.getFirst()) || words.getFirst().startsWith(VIRTUAL_ENVIRONMENT)
                ? List.of()
                : List.of("needs more than the prerequisites: " + command);
    }

    private static Set<String> targets() throws IOException {
        Matcher matcher = TARGET.matcher(Files.readString(ROOT.resolve("Makefile")));
        return matcher.results().map((MatchResult target) -> target.group(1)).collect(Collectors.toSet());
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT, 3)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("/target/")
                            && !file.toString().contains("/node_modules/")
                            && ROOT.relativize(file).toString().charAt(0) != '.')
                    .sorted()
                    .toList();
        }
    }
}
