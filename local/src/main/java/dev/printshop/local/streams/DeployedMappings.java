package dev.printshop.local.streams;

import dev.printshop.local.streams.StreamMapping.StartingPosition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.Filter;
import software.amazon.awssdk.services.lambda.model.FunctionResponseType;

/**
 * The deployed event source mappings of streams. Settings that the emulator doesn't store are read from the template:
 * the default batch size, the tumbling window, the start time, and whether it is enabled, because the adapted template
 * disables all mappings.
 */
public final class DeployedMappings {

    private static final int DEFAULT_BATCH_SIZE = 100;
    private static final int DEFAULT_PARALLELIZATION = 1;
    private static final Set<String> STREAM_SERVICES = Set.of("kinesis", "dynamodb");

    private DeployedMappings() {}

    /**
     * Reads the mappings.
     *
     * @param events the properties of the streams' events in the template, by the name of the function
     * @throws IllegalArgumentException if a mapping has an invalid value, with the function's name
     */
    public static List<StreamMapping> read(LambdaClient lambda, Map<String, Map<String, Object>> events) {
        List<StreamMapping> mappings = new ArrayList<>();
        for (var deployed : lambda.listEventSourceMappingsPaginator().eventSourceMappings()) {
            Map<String, Object> event = events.get(functionName(deployed));
            boolean isStream =
                    STREAM_SERVICES.contains(Arn.of(deployed.eventSourceArn()).service());
            if (isStream && event != null && !Boolean.FALSE.equals(event.get("Enabled"))) {
                mappings.add(read(deployed, event));
            }
        }
        return mappings;
    }

    private static StreamMapping read(EventSourceMappingConfiguration deployed, Map<String, Object> event) {
        try {
            List<String> patterns = deployed.filterCriteria() == null
                    ? List.of()
                    : deployed.filterCriteria().filters().stream()
                            .map(Filter::pattern)
                            .toList();
            return new StreamMapping(
                    deployed.uuid(),
                    deployed.functionArn(),
                    deployed.eventSourceArn(),
                    startingPosition(deployed, event),
                    settings(deployed, event),
                    EventFilter.of(patterns),
                    destination(deployed));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("%s: %s".formatted(functionName(deployed), e.getMessage()), e);
        }
    }

    private static BatchSettings settings(EventSourceMappingConfiguration deployed, Map<String, Object> event) {
        int age = orElse(deployed.maximumRecordAgeInSeconds(), -1);
        return new BatchSettings(
                event.containsKey("BatchSize") ? deployed.batchSize() : DEFAULT_BATCH_SIZE,
                Duration.ofSeconds(orElse(deployed.maximumBatchingWindowInSeconds(), 0)),
                orElse(deployed.parallelizationFactor(), DEFAULT_PARALLELIZATION),
                orElse(deployed.maximumRetryAttempts(), BatchSettings.UNLIMITED),
                age == -1 ? BatchSettings.NO_MAXIMUM_AGE : Duration.ofSeconds(age),
                Boolean.TRUE.equals(deployed.bisectBatchOnFunctionError()),
                deployed.functionResponseTypes().contains(FunctionResponseType.REPORT_BATCH_ITEM_FAILURES),
                number(event, "TumblingWindowInSeconds")
                        .filter(seconds -> seconds > 0)
                        .map(Duration::ofSeconds));
    }

    private static StartingPosition startingPosition(
            EventSourceMappingConfiguration deployed, Map<String, Object> event) {
        return switch (deployed.startingPosition()) {
            case TRIM_HORIZON -> new StartingPosition.TrimHorizon();
            case LATEST -> new StartingPosition.Latest();
            case AT_TIMESTAMP ->
                new StartingPosition.AtTimestamp(number(event, "StartingPositionTimestamp")
                        .map(Instant::ofEpochSecond)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "AT_TIMESTAMP needs the property StartingPositionTimestamp")));
            case UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalArgumentException(
                        "The starting position %s is not known".formatted(deployed.startingPositionAsString()));
        };
    }

    private static Optional<String> destination(EventSourceMappingConfiguration deployed) {
        return deployed.destinationConfig() == null
                        || deployed.destinationConfig().onFailure() == null
                ? Optional.empty()
                : Optional.ofNullable(deployed.destinationConfig().onFailure().destination());
    }

    private static Optional<Long> number(Map<String, Object> event, String property) {
        Object value = event.get(property);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof Number number) {
            return Optional.of(number.longValue());
        }
        throw new IllegalArgumentException(
                "%s must be a plain number, for the emulator forgets what it is: %s".formatted(property, value));
    }

    private static int orElse(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }

    private static String functionName(EventSourceMappingConfiguration mapping) {
        return Arn.of(mapping.functionArn()).resource().split(":", -1)[1];
    }
}
