package dev.printshop.orders.aws;

import dev.printshop.orders.domain.TaskToken;
import dev.printshop.orders.domain.TaskTokens;
import dev.printshop.shared.telemetry.LogField;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** Answers tasks of Step Functions. */
public final class StepFunctionsTaskTokens implements TaskTokens {

    private static final Logger LOG = LoggerFactory.getLogger(StepFunctionsTaskTokens.class);

    /** The state machine ignores the output of the task. */
    private static final String NO_OUTPUT = "{}";

    private final SfnClient stepFunctions;

    public StepFunctionsTaskTokens(SfnClient stepFunctions) {
        this.stepFunctions = stepFunctions;
    }

    /**
     * Step Functions has one of three errors for a task that doesn't wait, depending on how it ended and how long ago.
     * The log has its name only, since its message may contain the token.
     */
    @Override
    public void succeed(TaskToken token) {
        try {
            stepFunctions.sendTaskSuccess(send -> send.taskToken(token.value()).output(NO_OUTPUT));
        } catch (TaskTimedOutException | TaskDoesNotExistException | InvalidTokenException e) {
            logEnded(e);
        }
    }

    private static void logEnded(SfnException e) {
        LOG.info(
                "The task doesn't wait any more",
                LogField.REASON.with(e.getClass().getSimpleName()));
    }
}
