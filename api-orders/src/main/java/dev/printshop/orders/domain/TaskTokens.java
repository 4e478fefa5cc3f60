package dev.printshop.orders.domain;

/** Answers the tasks of the workflow that wait. */
@FunctionalInterface
public interface TaskTokens {

    /** Lets a task succeed. If it doesn't wait any more, because it is answered or its time is over, nothing happens. */
    void succeed(TaskToken token);
}
