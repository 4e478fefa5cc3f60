package dev.printshop.photos.resizing.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks in a random interleaving: one at a time, and at each {@link #step()} of a task any may be the next. A task
 * can be ended at a step, like a function that times out or loses its connection.
 */
final class Interleaving {

    /** Ends a task at a step. */
    static final class Ended extends RuntimeException {}

    private final Random random;
    private final List<Task> tasks = new ArrayList<>();
    private final Semaphore scheduler = new Semaphore(0);
    private @Nullable Task running;

    Interleaving(Random random) {
        this.random = random;
    }

    /**
     * Starts a task; it waits for its first turn.
     *
     * @param retry what to do when it fails
     */
    void start(Runnable action, Runnable retry) {
        Task task = new Task(action, retry);
        tasks.add(task);
        Thread.ofVirtual().start(task::run);
    }

    boolean isIdle() {
        return tasks.isEmpty();
    }

    /** Continues a random task to its next step, or ends it there. */
    void next(boolean end) {
        Task task = tasks.get(random.nextInt(tasks.size()));
        task.end = end;
        running = task;
        task.turn.release();
        scheduler.acquireUninterruptibly();
        running = null;
        if (task.done) {
            tasks.remove(task);
            if (task.failure instanceof Error bug) {
                throw bug;
            }
            if (task.failure != null) {
                task.retry.run();
            }
        }
    }

    /** Called by tasks at each point of interleaving; it has no effect outside tasks. */
    void step() {
        Task task = running;
        if (task != null) {
            task.pause();
        }
    }

    private final class Task {
        private final Runnable action;
        private final Runnable retry;
        private final Semaphore turn = new Semaphore(0);
        private boolean end;
        private boolean done;
        private @Nullable Throwable failure;

        Task(Runnable action, Runnable retry) {
            this.action = action;
            this.retry = retry;
        }

        void run() {
            turn.acquireUninterruptibly();
            try {
                if (end) {
                    throw new Ended();
                }
                action.run();
            } catch (Throwable e) {
                failure = e;
            }
            done = true;
            scheduler.release();
        }

        void pause() {
            scheduler.release();
            turn.acquireUninterruptibly();
            if (end) {
                throw new Ended();
            }
        }
    }
}
