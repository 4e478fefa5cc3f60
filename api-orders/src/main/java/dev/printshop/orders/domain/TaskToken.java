package dev.printshop.orders.domain;

/**
 * The right to continue an execution that waits at a task. It is a secret, so it isn't in texts.
 *
 * @param value as Step Functions issues it, 1 to {@value #MAX_LENGTH} characters
 */
public record TaskToken(String value) {

    public static final int MAX_LENGTH = 2048;

    public TaskToken {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "taskToken must have 1 to %d characters, but has %d".formatted(MAX_LENGTH, value.length()));
        }
    }

    @Override
    public String toString() {
        return "TaskToken[hidden]";
    }
}
