package dev.printshop.benchmark;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.printshop.contract.FakeAws;
import dev.printshop.contract.Function;
import dev.printshop.contract.TemplateReader;
import dev.printshop.identity.aws.PrimingKeys;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The size of each function's package, the times of its start and its memory, as a Markdown table. Each start is a new
 * JVM, with the flags of Lambda's runtime. AWS's services answer at once, so the times are those of the function's own
 * code, of the SDK and of the JVM, on the whole of this machine: Lambda gives a function a share of a processor.
 *
 * <p>Run by {@code bench/start/run.sh}. The variable RUNS is the number of starts, of which the table has the medians;
 * FUNCTIONS is a pattern that the names of the functions match.
 */
public final class StartBenchmark {

    private static final Path ROOT = Path.of("..");
    private static final Path BUILD = ROOT.resolve(".aws-sam").resolve("build");
    private static final int WARM_INVOCATIONS = 50;
    private static final double MEGABYTE = 1_000_000;
    private static final double NANOSECONDS_OF_A_MILLISECOND = 1e6;

    /** The JVM's counters of memory that is used after a collection, of classes and of threads. */
    private static final Pattern USED_HEAP = Pattern.compile("sun\\.gc\\.generation\\.\\d\\.space\\.\\d\\.used=(\\d+)");

    private static final Pattern CLASSES = Pattern.compile("java\\.cls\\.\\w*oadedClasses=(\\d+)");
    private static final Pattern THREADS = Pattern.compile("java\\.threads\\.live=(\\d+)");

    private enum Time {
        INITIALISATION,
        FIRST_ANSWER,
        ANSWER_AFTER_RESTORE,
        WARM_ANSWER
    }

    private final Function function;
    private final Path folder;
    private final String event;
    private final FakeAws aws;
    private final Map<Time, List<Duration>> times = new EnumMap<>(Time.class);
    private String counters = "";

    private StartBenchmark(Function function, Path folder, Map<String, Object> answers) throws IOException {
        this.function = function;
        this.folder = folder;
        this.event = Files.readString(ROOT.resolve("events").resolve(function.kebabName() + ".json"));
        this.aws = new FakeAws(answers);
        for (Time time : Time.values()) {
            times.put(time, new ArrayList<>());
        }
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int runs = Integer.parseInt(System.getenv().getOrDefault("RUNS", "7"));
        String wanted = System.getenv().getOrDefault("FUNCTIONS", ".*");
        Map<String, StartBenchmark> benchmarks = new LinkedHashMap<>();
        Map<String, Object> answers = JSON.std.mapFrom(Files.readString(ROOT.resolve("bench/start/answers.json")));
        for (Function function :
                TemplateReader.read(ROOT.resolve("template.yaml")).functions()) {
            if (function.verbAndNoun().matches(wanted)) {
                benchmarks.put(
                        function.id(),
                        new StartBenchmark(function, packageOf(function), answersFor(function, answers)));
            }
        }
        // One run of each in turn, so that a disturbance of the machine affects all alike.
        for (int run = 1; run <= runs; run++) {
            System.err.printf("Run %d of %d%n", run, runs);
            for (StartBenchmark benchmark : benchmarks.values()) {
                benchmark.start();
                benchmark.startFromSnapshot();
            }
        }
        print(benchmarks.values(), new PrintStream(System.out, true, StandardCharsets.UTF_8));
    }

    private static Path packageOf(Function function) throws IOException {
        try (Stream<Path> folders = Files.find(BUILD, 2, (path, _) -> path.endsWith(function.id()))) {
            return folders.findFirst()
                    .orElseThrow(() -> new IllegalStateException("make build has not built " + function.id()))
                    .toRealPath();
        }
    }

    @SuppressWarnings("unchecked") // a JSON object has text keys
    private static Map<String, Object> answersFor(Function function, Map<String, Object> answers) {
        return (Map<String, Object>) answers.getOrDefault(function.id(), Map.of());
    }

    private void start() throws IOException, InterruptedException {
        try (MeasuredFunction measured = new MeasuredFunction(setting(), false, aws)) {
            add(Time.INITIALISATION, measured.initialisation());
            add(Time.FIRST_ANSWER, measured.invoke(event));
            List<Duration> warm = new ArrayList<>();
            for (int i = 0; i < WARM_INVOCATIONS; i++) {
                warm.add(measured.invoke(event));
            }
            add(Time.WARM_ANSWER, median(warm));
            if (counters.isEmpty()) {
                jcmd(measured, "GC.run");
                counters = jcmd(measured, "PerfCounter.print");
            }
        }
    }

    private void startFromSnapshot() throws IOException, InterruptedException {
        try (MeasuredFunction measured = new MeasuredFunction(setting(), true, aws)) {
            measured.awaitSnapshot();
            add(Time.ANSWER_AFTER_RESTORE, measured.restore(event));
        }
    }

    private MeasuredFunction.Setting setting() {
        Map<String, String> variables = function.environmentOfNoStage();
        // Of the stage, in the template.
        variables.put("DEBUG_LOG_SAMPLE_RATE", "0");
        variables.put("POWERTOOLS_LOG_LEVEL", "INFO");
        // Those of the sample token, so that it is accepted.
        variables.computeIfPresent("TOKEN_ISSUER", (_, _) -> PrimingKeys.ISSUER);
        variables.computeIfPresent("APP_CLIENT_ID", (_, _) -> PrimingKeys.CLIENT_ID);
        return new MeasuredFunction.Setting(
                function.id(),
                folder,
                function.handler(),
                Integer.parseInt(function.at("MemorySize").text()),
                Duration.ofSeconds(function.timeoutSeconds()),
                variables);
    }

    private void add(Time time, Duration duration) {
        times.getOrDefault(time, List.of()).add(duration);
    }

    private static String jcmd(MeasuredFunction measured, String command) throws IOException, InterruptedException {
        return output(System.getProperty("java.home") + "/bin/jcmd", String.valueOf(measured.pid()), command);
    }

    /** The lines of package_sizes.py: function, bytes of the zip, bytes of the files. */
    private static Map<String, String[]> sizes() throws IOException, InterruptedException {
        Map<String, String[]> sizes = new HashMap<>();
        output("python3", ROOT.resolve("local/bin/package_sizes.py").toString(), BUILD.toString())
                .lines()
                .map(line -> line.split(","))
                .forEach(columns -> sizes.put(columns[0], columns));
        return sizes;
    }

    private static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(output);
        }
        return output;
    }

    private static void print(Collection<StartBenchmark> benchmarks, PrintStream out)
            throws IOException, InterruptedException {
        Map<String, String[]> sizes = sizes();
        out.println(
                "| function | zip, MB | unzipped, MB | init, ms | first answer, ms | first answer after a restore, ms"
                        + " | warm answer, ms | live heap, MB | classes | threads |");
        out.println("|---|---|---|---|---|---|---|---|---|---|");
        for (StartBenchmark benchmark : benchmarks) {
            String[] size = sizes.getOrDefault(benchmark.function.id(), new String[0]);
            out.printf(
                    Locale.ROOT,
                    "| %s | %.2f | %.2f | %.0f | %.0f | %.0f | %.1f | %.1f | %d | %d |%n",
                    benchmark.function.verbAndNoun(),
                    Long.parseLong(size[1]) / MEGABYTE,
                    Long.parseLong(size[2]) / MEGABYTE,
                    benchmark.milliseconds(Time.INITIALISATION),
                    benchmark.milliseconds(Time.FIRST_ANSWER),
                    benchmark.milliseconds(Time.ANSWER_AFTER_RESTORE),
                    benchmark.milliseconds(Time.WARM_ANSWER),
                    benchmark.sum(USED_HEAP) / MEGABYTE,
                    benchmark.sum(CLASSES),
                    benchmark.sum(THREADS));
        }
    }

    private double milliseconds(Time time) {
        return median(times.getOrDefault(time, List.of())).toNanos() / NANOSECONDS_OF_A_MILLISECOND;
    }

    private long sum(Pattern counter) {
        return counter.matcher(counters)
                .results()
                .map(MatchResult::group)
                .mapToLong(line -> Long.parseLong(line.replaceFirst(".*=", "")))
                .sum();
    }

    private static Duration median(List<Duration> durations) {
        List<Duration> sorted = durations.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
