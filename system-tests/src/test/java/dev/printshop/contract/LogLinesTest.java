package dev.printshop.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.printshop.contract.FunctionRun.Invocation;
import dev.printshop.contract.FunctionRun.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rule for log lines (docs/logging.md), tested by canaries: every function of the template runs with its sample
 * events, with texts in all places that must not be in a log line or an answer, and with an AWS that refuses its calls.
 */
@Tag("contract")
class LogLinesTest {

    private static final Path ROOT = Path.of("..");

    /** Parts of the private canaries, so that one that is cut is found, too. */
    private static final List<String> PRIVATE_PARTS =
            List.of("Canary Person", "Canary Street", "canary@", "canarytoken", "canarysignature", "eyJzdWI");

    /** An object's key is chosen by its owner and identifies it: a line without it is useless. */
    private static final String OBJECT_KEY = ".detail.object.key";

    /** Line breaks, control characters, and unpaired surrogates. */
    private static final Pattern FORBIDDEN =
            Pattern.compile("[\\p{Cc}&&[^\\n\\t]]|[\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]|\\p{Cs}|\\uFFFD");

    /** An input with one field gets eight. */
    private static final int MANY = 7;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("functions")
    void function_keepsTheRuleForLogLines(Function function) throws Exception {
        // given
        List<Invocation> invocations = new ArrayList<>();
        for (Path sample : samples(function)) {
            invocations.addAll(SeededEvents.of(sample.getFileName().toString(), Files.readString(sample)));
        }
        assertThat(invocations).as("events for " + function.id()).hasSizeGreaterThan(MANY);

        // when
        List<Outcome> outcomes = FunctionRun.run(function.handler(), environment(function), invocations, folder);

        // then
        assertThat(outcomes)
                .as("records in Powertools' layout")
                .anySatisfy(outcome -> assertThat(outcome.log()).contains("\"function_name\":\"printshop\""));
        assertThat(outcomes)
                .as("a debug record, for sampled invocations")
                .anySatisfy(outcome -> assertThat(outcome.log()).contains("\"level\":\"DEBUG\""));
        SoftAssertions rule = new SoftAssertions();
        for (Outcome outcome : outcomes) {
            String what = outcome.invocation().what();
            for (String message : messages(outcome.log())) {
                requireRule(rule, what + ", log", message);
            }
            requireRule(rule, what + ", answer", unescaped(outcome.answer()));
        }
        rule.assertAll();
    }

    private static void requireRule(SoftAssertions rule, String what, String text) {
        rule.assertThat(FORBIDDEN.matcher(text).find()).as("%s: %s", what, text).isFalse();
        rule.assertThat(text).as(what).doesNotContain("\n" + SeededEvents.INJECTED);
        if (!what.contains(OBJECT_KEY)) {
            rule.assertThat(text).as(what).doesNotContain(PRIVATE_PARTS.toArray(CharSequence[]::new));
        }
    }

    /** The texts of the log records, in all their fields, and lines that are none. */
    private static List<String> messages(String log) {
        return log.lines()
                .map(line -> line.startsWith("{") ? unescaped(line) : line)
                .toList();
    }

    /** An answer's texts after parsing. */
    private static String unescaped(String answer) {
        try {
            StringBuilder texts = new StringBuilder();
            addTexts(JSON.std.anyFrom(answer), texts);
            return texts.toString();
        } catch (IOException _) {
            return answer;
        }
    }

    private static void addTexts(Object value, StringBuilder texts) {
        switch (value) {
            case Map<?, ?> fields -> fields.values().forEach(field -> addTexts(field, texts));
            case List<?> list -> list.forEach(item -> addTexts(item, texts));
            case String text
            when text.startsWith("{") -> texts.append(unescaped(text)).append(' ');
            case String text -> texts.append(text).append(' ');
            case null, default -> {}
        }
    }

    /** The template's texts, with any name for references. */
    private static Map<String, String> environment(Function function) {
        Map<String, String> environment = function.environmentOfNoStage();
        environment.put("POWERTOOLS_LOG_LEVEL", "DEBUG");
        environment.put("DEBUG_LOG_SAMPLE_RATE", "1");
        return environment;
    }

    private static List<Path> samples(Function function) throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("events"))) {
            return files.filter(file -> file.getFileName().toString().matches(function.kebabName() + "(\\..*)?\\.json"))
                    .sorted()
                    .toList();
        }
    }

    static Stream<Named<Function>> functions() {
        return TemplateReader.read(ROOT.resolve("template.yaml")).functions().stream()
                .map(function -> Named.of(function.id(), function));
    }
}
