package dev.printshop.local.story;

import dev.printshop.local.Console;
import dev.printshop.local.LocalCloudException;
import dev.printshop.local.Stack;
import dev.printshop.local.story.Story.WhereToLook;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;

/** The stories, by their names. */
public final class Stories {

    private static final Map<String, BiFunction<Stack, Console, Story>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("photos", PhotoStory::new);
        ALL.put("parcels", ParcelStory::new);
        ALL.put("orders", OrderStory::new);
    }

    private Stories() {}

    /**
     * Plays a whole story.
     *
     * @throws LocalCloudException when there is no such story, or a result is not as expected
     */
    public static void play(String name, Stack stack, Console console) {
        if (!ALL.containsKey(name)) {
            throw new LocalCloudException("There is no story '%s', only %s".formatted(name, ALL.keySet()));
        }
        ALL.get(name).apply(stack, console).play();
    }

    /**
     * Plays the short form of all stories side by side.
     *
     * @return the commands to continue with, in the order of the stories
     * @throws LocalCloudException when a result is not as expected
     */
    public static List<WhereToLook> playShort(Stack stack, Console console) {
        Map<String, Story> played = new ConcurrentHashMap<>();
        sideBySide(
                console,
                ALL.entrySet().stream()
                        .map(named -> (Telling) each -> {
                            Story story = named.getValue().apply(stack, each);
                            story.playShort();
                            played.put(named.getKey(), story);
                        })
                        .toList());
        return ALL.keySet().stream()
                .flatMap(name -> Objects.requireNonNull(played.get(name)).whereToLook().stream())
                .toList();
    }

    /** Something that writes to a console. */
    @FunctionalInterface
    interface Telling {
        void to(Console console);
    }

    /**
     * Runs all at the same time. The lines of each are together, in the order of the list: those of the first one are
     * shown at once, those of another one when the ones before it are complete. The first failure ends the rest.
     */
    static void sideBySide(Console console, List<Telling> tellings) {
        List<ByteArrayOutputStream> outputs = new ArrayList<>();
        List<Future<?>> running = new ArrayList<>();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            for (Telling telling : tellings) {
                ByteArrayOutputStream output = new ByteArrayOutputStream();
                Console own = outputs.isEmpty()
                        ? console
                        : new Console(new PrintStream(output, true, StandardCharsets.UTF_8));
                outputs.add(output);
                running.add(threads.submit(() -> telling.to(own)));
            }
            for (int i = 0; i < tellings.size(); i++) {
                try {
                    running.get(i).get();
                } finally {
                    console.print(outputs.get(i).toString(StandardCharsets.UTF_8));
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalCloudException("Interrupted", e);
        } finally {
            threads.shutdownNow();
        }
    }
}
