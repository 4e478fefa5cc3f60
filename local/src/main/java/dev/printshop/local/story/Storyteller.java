package dev.printshop.local.story;

import dev.printshop.local.Console;
import dev.printshop.local.FunctionLogs;
import dev.printshop.local.LocalCloudException;
import dev.printshop.local.Pause;
import dev.printshop.local.Stack;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs a story step by step. When a step fails, it shows the logs of the functions involved. */
final class Storyteller {

    private final Console console;
    private final FunctionLogs logs;
    private final Instant start = Instant.now();
    private List<String> functionsInvolved = List.of();

    Storyteller(Stack stack, Console console) {
        this.console = console;
        this.logs = new FunctionLogs(stack.workspace());
    }

    /**
     * Runs one step.
     *
     * @param functions the functions, by their names in the template, that do the work
     */
    void run(String title, List<String> functions, Runnable step) {
        functionsInvolved = functions;
        try {
            console.step(title, step);
        } catch (LocalCloudException e) {
            console.headline("The step failed: " + title);
            for (String function : functions) {
                console.headline("Log of " + function);
                logs.since(function, start).forEach(line -> console.line("%s", line));
            }
            throw e;
        }
    }

    /**
     * Waits for a result, until a function of the step fails.
     *
     * @throws LocalCloudException when there is no result in time, or a function of this step logged an error
     */
    <T> T await(String what, Duration patience, Supplier<Optional<T>> look) {
        return Pause.until(what, patience, () -> {
            requireNoErrors();
            return look.get();
        });
    }

    private void requireNoErrors() {
        for (String function : functionsInvolved) {
            if (!logs.errorsSince(function, start).isEmpty()) {
                throw new LocalCloudException("%s failed: see its log above".formatted(function));
            }
        }
    }
}
