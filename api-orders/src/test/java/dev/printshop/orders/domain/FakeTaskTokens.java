package dev.printshop.orders.domain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Tasks that are answered, or fail before, as a test specifies. */
public final class FakeTaskTokens implements TaskTokens {

    private final List<TaskToken> succeeded = new ArrayList<>();
    private final Deque<RuntimeException> failures = new ArrayDeque<>();

    @Override
    public void succeed(TaskToken token) {
        if (!failures.isEmpty()) {
            throw failures.remove();
        }
        succeeded.add(token);
    }

    /** The next call has no effect. */
    public void failNext(RuntimeException failure) {
        failures.add(failure);
    }

    /** The answers, in their order; repetitions count. */
    public List<TaskToken> succeeded() {
        return List.copyOf(succeeded);
    }
}
