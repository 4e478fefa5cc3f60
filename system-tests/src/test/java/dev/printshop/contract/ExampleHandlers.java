package dev.printshop.contract;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.KinesisAnalyticsInputPreprocessingResponse;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisFirehoseEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisTimeWindowEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.TimeWindowEventResponse;
import dev.printshop.shared.aws.AwsClients;
import dev.printshop.shared.configuration.Environment;
import dev.printshop.shared.telemetry.Metric;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/** Handlers for the example templates of the contract tests, for cases without a real handler. */
public final class ExampleHandlers {

    private ExampleHandlers() {}

    /** Its type parameters are given by its subclasses. */
    public abstract static class Base<E, R> implements RequestHandler<E, R> {

        @Override
        public R handleRequest(E event, Context context) {
            throw new UnsupportedOperationException("Only its types are of interest");
        }
    }

    /** Declares its event type through two superclasses. */
    public abstract static class StreamBase<R> extends Base<KinesisEvent, R> {}

    /** Reads a stream, and reports failures. */
    public static final class ReadScansHandler extends StreamBase<StreamsEventResponse> {}

    /** Reads a stream in windows. */
    public static final class SumScansHandler extends Base<KinesisTimeWindowEvent, TimeWindowEventResponse> {}

    /** Formats records of a delivery stream, and can't return partition keys. */
    public static final class FormatRecordsHandler
            extends Base<KinesisFirehoseEvent, KinesisAnalyticsInputPreprocessingResponse> {}

    /** Reads a queue, and reports no failures. */
    public static final class TakeMessagesHandler extends Base<SQSEvent, Void> {}

    /** Lambda can't instantiate it. */
    public static final class NeedsArgumentHandler extends Base<SQSEvent, Void> {

        public NeedsArgumentHandler(String argument) {
            if (argument.isBlank()) {
                throw new IllegalArgumentException("argument is blank");
            }
        }
    }

    /** Lambda can't call it. */
    public static final class ImplementsNothingHandler {}

    /** Reads any input. */
    public static final class ReadBytesHandler implements RequestStreamHandler {

        @Override
        public void handleRequest(InputStream input, OutputStream output, Context context) {
            throw new UnsupportedOperationException("Only its types are of interest");
        }
    }

    /** Reads variables in all ways: directly, with a parser, through other methods, in a lambda, by a computed name. */
    public static final class ReadVariablesHandler extends Base<Map<String, Object>, Void> {

        public ReadVariablesHandler() {
            Environment environment = Environment.ofProcess();
            environment.required("PLAIN");
            int radix = environment.required("PARSED", Integer::parseInt);
            environment.required("CAPTURING", text -> Integer.parseInt(text, radix));
            Runnable later = () -> environment.required("IN_A_LAMBDA");
            later.run();
            new Helper().read(environment, "COMPUTED");
        }

        private static final class Helper {

            private static final String NOT_INHERITED = "UNREACHABLE";

            void read(Environment environment, String prefix) {
                environment.required("BY_A_HELPER");
                environment.required(prefix + "_NAME");
            }

            @SuppressWarnings("unused") // so that it isn't found
            void neverCalled(Environment environment) {
                environment.required(NOT_INHERITED);
            }
        }
    }

    /** Limits the calls of a client by a computed value. */
    public static final class CallTableHandler extends Base<SQSEvent, Void> {

        private final DynamoDbClient dynamoDb = AwsClients.create(
                DynamoDbClient.builder(), Duration.ofSeconds(1).plusMillis(1));

        @Override
        public Void handleRequest(SQSEvent event, Context context) {
            dynamoDb.close();
            return super.handleRequest(event, context);
        }
    }

    /** Passes a computed limit to the class that creates the client. */
    public static final class PassTimeoutHandler extends Base<SQSEvent, Void> {

        private final Wiring wiring = new Wiring(Duration.ofSeconds(1).plusMillis(1));

        private static final class Wiring {

            private final DynamoDbClient dynamoDb;

            Wiring(Duration callTimeout) {
                this.dynamoDb = AwsClients.create(DynamoDbClient.builder(), callTimeout);
            }
        }

        @Override
        public Void handleRequest(SQSEvent event, Context context) {
            wiring.dynamoDb.close();
            return super.handleRequest(event, context);
        }
    }

    /** Writes a custom metric. */
    public static final class MeasureDelayHandler extends Base<Map<String, Object>, String> {

        @Override
        public String handleRequest(Map<String, Object> event, Context context) {
            Metric.of("DelayMinutes", MetricUnit.NONE, "Hub").emit(7, "FRA");
            return "measured";
        }
    }
}
