package dev.printshop.orders.domain;

/** Answers the tasks of the workflow that wait. */
@FunctionalInterface
public interface TaskTokens {

    /** Lets a task succeed. Nothing happens if it doesn't wait any more, since it is answered or its time is over. */
    void succeed(TaskToken token);
}
