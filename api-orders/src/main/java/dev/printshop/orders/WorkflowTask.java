package dev.printshop.orders;

import com.amazonaws.services.lambda.runtime.Context;
import dev.printshop.orders.json.TaskInput;
import dev.printshop.shared.aws.TransientFailures;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import dev.printshop.shared.concurrency.TransientFailureException;
import dev.printshop.shared.telemetry.LogField;
import dev.printshop.shared.telemetry.Telemetry;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all tasks of the workflow have in common. A task fails by an exception, whose class name the workflow retries or
 * catches: {@link TransientFailureException} and {@link ConcurrentChangeException} are retried, any other is final.
 */
final class WorkflowTask {

    private static final Logger LOG = LoggerFactory.getLogger(WorkflowTask.class);

    private WorkflowTask() {}

    /**
     * Runs a task.
     *
     * @throws TransientFailureException when a retry may succeed
     */
    static Map<String, Object> run(Map<String, Object> input, Context context, Consumer<TaskInput> task) {
        return Telemetry.during(context, () -> {
            TaskInput read = TaskInput.of(input);
            LogField.ORDER.set(read.order());
            LOG.debug("Task read");
            try {
                task.accept(read);
            } catch (RuntimeException e) {
                throw retriedOrFinal(e);
            }
            return Map.of("orderId", read.order().value());
        });
    }

    private static RuntimeException retriedOrFinal(RuntimeException failure) {
        if (failure instanceof ConcurrentChangeException || !TransientFailures.isTransient(failure)) {
            LOG.warn("Task failed", LogField.errorWithStack(failure));
            return failure;
        }
        // The workflow compares names, so neither a subclass nor an exception of the SDK would be retried.
        LOG.warn("Task failed, and may be repeated", LogField.errorWithStack(failure));
        return new TransientFailureException("A retry may succeed", failure);
    }
}
