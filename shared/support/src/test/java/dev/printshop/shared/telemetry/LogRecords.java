package dev.printshop.shared.telemetry;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.printshop.shared.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.layout.template.json.JsonTemplateLayout;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.MDC;

/** The log records and metrics of a test, in the form in which a function writes them. */
public final class LogRecords implements BeforeEachCallback, AfterEachCallback {

    private static final Set<String> FIELDS_OF_THE_INVOCATION = Set.of("level", "message", "timestamp", "service");

    private final List<Map<String, Object>> records = new ArrayList<>();
    private final Recorder recorder = new Recorder();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private PrintStream standardOutput = System.out;

    @Override
    public void beforeEach(ExtensionContext context) {
        recorder.start();
        loggers().getConfiguration().getLoggerConfig("dev.printshop").addAppender(recorder, null, null);
        standardOutput = System.out;
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        System.setOut(standardOutput);
        loggers().getConfiguration().getLoggerConfig("dev.printshop").removeAppender(recorder.getName());
        MDC.clear();
    }

    /** The records, with all fields. */
    public List<Map<String, Object>> all() {
        return records;
    }

    /**
     * The records as texts: {@code LEVEL message {field=value}}, without the fields of the invocation; without debug
     * records, which only some invocations have.
     */
    public List<String> lines() {
        return records.stream()
                .filter(record -> !isDebug(record))
                .map(LogRecords::line)
                .toList();
    }

    /** The debug records as texts, as {@link #lines}. */
    public List<String> debugLines() {
        return records.stream()
                .filter(LogRecords::isDebug)
                .map(LogRecords::line)
                .toList();
    }

    private static boolean isDebug(Map<String, Object> record) {
        return "DEBUG".equals(record.get("level"));
    }

    /** The metrics in the embedded metric format. */
    public List<JsonObject> metrics() {
        return output.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("{\"_aws\""))
                .map(JsonObject::parse)
                .toList();
    }

    /** The metrics as texts: {@code name{dimension=value} value}, without the metric of cold starts. */
    public List<String> metricLines() {
        return output.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.startsWith("{\"_aws\"") && !line.contains("ColdStart"))
                .map(LogRecords::metricLine)
                .toList();
    }

    private static String metricLine(String line) {
        JsonObject directive = JsonObject.parse(line)
                .object("_aws")
                .objects("CloudWatchMetrics")
                .getFirst();
        Map<String, Object> metric = parse(line);
        List<?> dimensions = (List<?>) directive.values("Dimensions").getFirst();
        String name = directive.objects("Metrics").getFirst().text("Name");
        return dimensions.stream()
                .map(dimension -> dimension + "=" + metric.get(dimension))
                .collect(Collectors.joining(",", name + "{", "} " + metric.get(name)));
    }

    private static String line(Map<String, Object> record) {
        Map<String, Object> fields = new LinkedHashMap<>(record);
        fields.keySet()
                .removeIf(name -> name.startsWith("function_")
                        || name.equals("cold_start")
                        || FIELDS_OF_THE_INVOCATION.contains(name));
        return "%s %s %s".formatted(record.get("level"), record.get("message"), fields);
    }

    private static Map<String, Object> parse(String json) {
        try {
            return JSON.std.mapFrom(json);
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
    }

    private static LoggerContext loggers() {
        return (LoggerContext) LogManager.getContext(false);
    }

    private final class Recorder extends AbstractAppender {

        Recorder() {
            super(
                    "recorder",
                    null,
                    JsonTemplateLayout.newBuilder()
                            .setConfiguration(loggers().getConfiguration())
                            .setEventTemplateUri("classpath:LambdaJsonLayout.json")
                            .build(),
                    false,
                    Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            records.add(parse(new String(getLayout().toByteArray(event), StandardCharsets.UTF_8)));
        }
    }
}
