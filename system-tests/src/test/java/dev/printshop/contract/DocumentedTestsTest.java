package dev.printshop.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The tests that the documentation names exist. Names are in backquotes, as {@code `ClassTest`} or {@code
 * `ClassTest.method`}; further methods of the class follow as {@code `.method`} in the same line. A name that ends with
 * an ellipsis is a prefix.
 */
@Tag("contract")
class DocumentedTestsTest {

    private static final Path ROOT = Path.of("..");

    private static final String ELLIPSIS = "…";

    private static final Pattern TEST_NAME = Pattern.compile("`(\\w*Test)?(?:\\.([a-z]\\w*" + ELLIPSIS + "?))?`");

    private static final Pattern TYPE = Pattern.compile(
            "^(?:[a-z]+ )*(?:class|interface) (\\w+)[^{;]*?(?:(?:extends|implements) ([^{;]*))?\\{", Pattern.MULTILINE);

    private static final Pattern METHOD = Pattern.compile("\\bvoid (\\w+)\\(");

    @Test
    void testsThatAreNamed_exist() throws IOException {
        TestSources sources = TestSources.below(ROOT);
        List<String> missing = new ArrayList<>();
        int named = 0;
        for (Path document : documents()) {
            int line = 0;
            for (String text : Files.readAllLines(document)) {
                line++;
                for (TestName name : namesIn(text)) {
                    named++;
                    if (!sources.have(name)) {
                        missing.add("%s:%d: %s".formatted(ROOT.relativize(document), line, name));
                    }
                }
            }
        }

        assertThat(named).isGreaterThan(100);
        assertThat(missing).isEmpty();
    }

    @Test
    void names_areReadWithTheClassBeforeThem() {
        assertThat(namesIn("| `ATest.a_b`, `.c_d`, `e.f`, `BTest`, `.g" + ELLIPSIS + "` |"))
                .containsExactly(
                        new TestName("ATest", "a_b"),
                        new TestName("ATest", "c_d"),
                        new TestName("BTest", ""),
                        new TestName("BTest", "g" + ELLIPSIS));
    }

    @Test
    void methods_areThoseOfTheClassAndOfWhatItExtends() {
        TestSources sources = new TestSources();
        sources.add("interface AContract { @Test default void a_b() {} }");
        sources.add("final class ATest extends Base implements Other, AContract { void c_d() {} }");

        assertThat(sources.have(new TestName("ATest", "a_b"))).isTrue();
        assertThat(sources.have(new TestName("ATest", "c_d"))).isTrue();
        assertThat(sources.have(new TestName("ATest", "c" + ELLIPSIS))).isTrue();
        assertThat(sources.have(new TestName("ATest", ""))).isTrue();
        assertThat(sources.have(new TestName("ATest", "c"))).isFalse();
        assertThat(sources.have(new TestName("BTest", ""))).isFalse();
    }

    /**
     * A test, or a class of tests.
     *
     * @param method empty for the class
     */
    private record TestName(String type, String method) {}

    private static List<TestName> namesIn(String line) {
        List<TestName> names = new ArrayList<>();
        String type = "";
        Matcher matcher = TEST_NAME.matcher(line);
        while (matcher.find()) {
            boolean ofTheClassBefore = matcher.group(1) == null;
            type = ofTheClassBefore ? type : matcher.group(1);
            String method = matcher.group(2) == null ? "" : matcher.group(2);
            if (!type.isEmpty() && !(ofTheClassBefore && method.isEmpty())) {
                names.add(new TestName(type, method));
            }
        }
        return names;
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT, 3)) {
            return files.filter(file -> file.endsWith("README.md")
                            || file.startsWith(ROOT.resolve("docs"))
                                    && file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("/target/")
                            && !file.toString().contains("/."))
                    .sorted()
                    .toList();
        }
    }

    /** The types in the folders of test sources: their methods, and what they extend, by their names. */
    private static final class TestSources {

        private final Map<String, Set<String>> methods = new HashMap<>();
        private final Map<String, Set<String>> parents = new HashMap<>();

        static TestSources below(Path root) throws IOException {
            TestSources sources = new TestSources();
            try (Stream<Path> modules = Files.walk(root, 2)) {
                for (Path folder : modules.map(module -> module.resolve("src/test/java"))
                        .filter(Files::isDirectory)
                        .toList()) {
                    try (Stream<Path> files = Files.walk(folder)) {
                        files.filter(file -> file.toString().endsWith(".java"))
                                .map(TestSources::read)
                                .forEach(sources::add);
                    }
                }
            }
            return sources;
        }

        private static String read(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The first type of a file has all methods of the file. */
        void add(String source) {
            Matcher type = TYPE.matcher(source);
            if (type.find()) {
                methods.computeIfAbsent(type.group(1), _ -> new HashSet<>())
                        .addAll(METHOD.matcher(source)
                                .results()
                                .map((MatchResult method) -> method.group(1))
                                .toList());
                if (type.group(2) != null) {
                    parents.computeIfAbsent(type.group(1), _ -> new HashSet<>())
                            .addAll(List.of(type.group(2).split("\\W+")));
                }
            }
        }

        boolean have(TestName name) {
            return methods.containsKey(name.type()) && (name.method().isEmpty() || has(name.type(), name.method()));
        }

        private boolean has(String type, String method) {
            return methods.getOrDefault(type, Set.of()).stream()
                            .anyMatch(existing -> method.endsWith(ELLIPSIS)
                                    ? existing.startsWith(method.substring(0, method.length() - 1))
                                    : existing.equals(method))
                    || parents.getOrDefault(type, Set.of()).stream().anyMatch(parent -> has(parent, method));
        }
    }
}
