package dev.printshop.orders.json;

import dev.printshop.events.orders.OrderId;
import dev.printshop.orders.domain.TaskToken;
import dev.printshop.shared.json.InvalidJsonException;
import dev.printshop.shared.json.JsonObject;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The input of a task of the workflow: the order's id, and what the workflow alone knows. All else is read from the
 * table, because an execution may wait for weeks.
 */
public final class TaskInput {

    private static final Pattern REASON = Pattern.compile("[A-Z][A-Z_]{0,31}");

    private final JsonObject input;
    private final OrderId order;

    private TaskInput(JsonObject input, OrderId order) {
        this.input = input;
        this.order = order;
    }

    /**
     * Reads an input.
     *
     * @throws InvalidJsonException when the order's id is missing or wrong
     */
    public static TaskInput of(Map<String, Object> input) {
        JsonObject json = JsonObject.of(input);
        try {
            return new TaskInput(json, new OrderId(json.text("orderId")));
        } catch (InvalidJsonException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new InvalidJsonException("Field 'orderId' is wrong: " + e.getMessage(), e);
        }
    }

    public OrderId order() {
        return order;
    }

    /**
     * Why the order can't be fulfilled, as a constant.
     *
     * @throws InvalidJsonException when it is missing or wrong
     */
    public String reason() {
        return input.text("reason", REASON);
    }

    /**
     * The token by which the task is answered.
     *
     * @throws InvalidJsonException when it is missing or wrong
     */
    public TaskToken taskToken() {
        return new TaskToken(input.text("taskToken", TaskToken.MAX_LENGTH));
    }
}
