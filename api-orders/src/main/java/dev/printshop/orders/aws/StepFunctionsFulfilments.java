package dev.printshop.orders.aws;

import dev.printshop.events.orders.OrderId;
import dev.printshop.orders.domain.Fulfilments;
import dev.printshop.shared.json.JsonObject;
import java.util.Map;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;

/**
 * The executions of a state machine in Step Functions. An order's id is the name and the only input of its execution.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html">StartExecution</a>
 */
public final class StepFunctionsFulfilments implements Fulfilments {

    private final SfnClient stepFunctions;
    private final String stateMachineArn;

    public StepFunctionsFulfilments(SfnClient stepFunctions, String stateMachineArn) {
        this.stepFunctions = stepFunctions;
        this.stateMachineArn = stateMachineArn;
    }

    @Override
    public void start(OrderId id) {
        try {
            stepFunctions.startExecution(start -> start.stateMachineArn(stateMachineArn)
                    .name(id.value())
                    .input(JsonObject.write(Map.of("orderId", id.value()))));
        } catch (ExecutionAlreadyExistsException _) {
            // Started by an earlier delivery of the event, and over by now.
        }
    }
}
