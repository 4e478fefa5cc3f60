package dev.printshop.shared.snapstart;

import static software.amazon.lambda.powertools.logging.argument.StructuredArguments.entry;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.jr.ob.JSON;
import dev.printshop.shared.aws.AwsClients;
import dev.printshop.shared.aws.CannedAnswers;
import dev.printshop.shared.messages.Quoted;
import dev.printshop.shared.telemetry.LogField;
import dev.printshop.shared.telemetry.Telemetry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a function before SnapStart's snapshot, so that a restored one finds its classes loaded, its code compiled and
 * its SDK clients initialised. Outside SnapStart it has no effect: the CRaC API is a no-op there.
 *
 * <p>The whole path of the handler runs with a sample event, from Lambda's reading of the event to its writing of the
 * answer. It runs with the function's real role whenever a version is published, so no request of the handler leaves
 * the process, and its log records and metrics are discarded. The calls that are really made are named by the handler;
 * they only read.
 *
 * <p>A failure, also one that the handler reports by its answer, is a warning in the log: without priming, the first
 * invocation is slower; with an exception, the function could not be deployed.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">SnapStart runtime
 *     hooks</a>
 */
public final class Priming implements Resource {

    private static final Logger LOG = LoggerFactory.getLogger(Priming.class);

    /** A strong reference, because CRaC holds only weak references to its resources. */
    private static final List<Priming> HELD = new CopyOnWriteArrayList<>();

    /** How often the handler runs with each event: the JVM compiles what runs often. */
    private static final int RUNS = 20;

    /** The first status of HTTP that is an error. */
    private static final int LOWEST_ERROR_STATUS = 400;

    private final RequestHandler<?, ?> handler;
    private final List<Runnable> reads = new ArrayList<>();
    private final List<Runnable> caches = new ArrayList<>();
    private final Map<String, String> names = new HashMap<>();
    private final CannedAnswers canned = CannedAnswers.none();

    private Priming(RequestHandler<?, ?> handler) {
        this.handler = handler;
    }

    /**
     * Primes a handler with the sample of the resource {@code priming/<its simple name>.json} beside its class: the
     * {@code events} that it handles, and the {@code answers} of services whose protocol is JSON, by operation.
     */
    public static Priming of(RequestHandler<?, ?> handler) {
        return new Priming(handler);
    }

    /** Sets the value of a placeholder in the sample, such as the name of a table by which DynamoDB lists items. */
    public Priming naming(String placeholder, String value) {
        names.put(placeholder, value);
        return this;
    }

    /** Adds what runs for real before the handler, such as a call that prepares connections. It must only read. */
    public Priming reading(Runnable read) {
        reads.add(read);
        return this;
    }

    /** Adds answers of services with other protocols than JSON. */
    public Priming answering(Consumer<CannedAnswers> answers) {
        answers.accept(canned);
        return this;
    }

    /** Adds the clearing of a cache, in which a canned answer would outlast the snapshot. */
    public Priming clearing(Runnable cache) {
        caches.add(cache);
        return this;
    }

    /** Registers for the snapshot. */
    public void beforeCheckpoint() {
        HELD.add(this);
        Core.getGlobalContext().register(this);
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        prime();
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        // No action is needed: credentials and connections are created on demand.
    }

    /** Primes all handlers of the process. Returns the answers of the last run, as the runtime would send them. */
    static List<String> primeAll() {
        return HELD.stream().flatMap(priming -> priming.prime().stream()).toList();
    }

    List<String> prime() {
        reads.forEach(Priming::attempt);
        List<String> answers = new ArrayList<>();
        attempt(() -> answers.addAll(rehearse()));
        attempt(() -> answers.stream().filter(Priming::reportsFailure).forEach(Priming::warnOf));
        caches.forEach(Priming::attempt);
        return answers;
    }

    /**
     * Each part fails by itself. An {@link Error}, such as a missing class of the runtime, must not prevent the
     * deployment either; only without memory, the process is of no use.
     */
    private static void attempt(Runnable part) {
        try {
            part.run();
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            LOG.warn("Not primed", LogField.errorWithStack(e));
        }
    }

    /**
     * Whether a handler reports a failure by its answer: a status of HTTP, or records that a queue or a stream sends
     * again, or that Firehose stores as failed. The handler's own log records about it are discarded.
     */
    private static boolean reportsFailure(String answer) {
        return json(answer) instanceof Map<?, ?> fields
                && (fields.get("statusCode") instanceof Integer status && status >= LOWEST_ERROR_STATUS
                        || fields.get("batchItemFailures") instanceof List<?> failures && !failures.isEmpty()
                        || fields.get("records") instanceof List<?> records
                                && records.stream().anyMatch(Priming::isFailedByFirehose));
    }

    private static boolean isFailedByFirehose(Object record) {
        return record instanceof Map<?, ?> fields && "ProcessingFailed".equals(fields.get("result"));
    }

    private static @Nullable Object json(String answer) {
        try {
            return JSON.std.anyFrom(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void warnOf(String answer) {
        LOG.warn("Not primed: the handler reports a failure", entry("answer", Quoted.line(answer)));
    }

    private List<String> rehearse() {
        PrimingSample sample = PrimingSample.of(handler.getClass(), names);
        sample.answers().forEach(canned::json);
        LambdaSerialization serialization = new LambdaSerialization(handler.getClass());
        List<String> answers = new ArrayList<>();
        Telemetry.discarding(() -> AwsClients.answering(canned, () -> {
            for (int run = 0; run < RUNS; run++) {
                answers.clear();
                sample.events().forEach(event -> answers.add(handle(event, serialization)));
            }
        }));
        return answers;
    }

    @SuppressWarnings("unchecked") // the serialisation has read an event of the handler's type
    private String handle(String event, LambdaSerialization serialization) {
        return serialization.write(((RequestHandler<Object, Object>) handler)
                .handleRequest(serialization.read(event), new PrimingContext()));
    }
}
