package dev.printshop.local;

import dev.printshop.local.TemplateAdaptation.Difference;
import dev.printshop.local.commands.Commands;
import dev.printshop.local.redrive.Redrive;
import dev.printshop.local.story.Stories;
import dev.printshop.local.story.Story.WhereToLook;
import dev.printshop.local.story.SupportInbox;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The one entry point of the local cloud: {@code run}, {@code stop}, {@code story NAME}, {@code logs FUNCTION},
 * {@code redrive QUEUE}, {@code scanner-key HUB STAGE}, {@code invoke COMMAND...} and those of {@link Commands}, which
 * the Makefile calls, and {@code poll ROOT FOLDER}, which it calls itself.
 */
public final class LocalCloud {

    private final Workspace workspace;
    private final Console console;
    private final Emulator emulator;
    private final StreamPollerProcess streamPoller;

    public LocalCloud(Workspace workspace, Console console) {
        this.workspace = workspace;
        this.console = console;
        this.emulator = new Emulator(workspace);
        this.streamPoller = new StreamPollerProcess(workspace);
    }

    public static void main(String[] arguments) {
        Console console = new Console(System.out);
        try {
            if (arguments.length == 2 && arguments[0].equals("redrive")) {
                Redrive.main(arguments[1], console);
                return;
            }
            if (arguments.length == 3 && arguments[0].equals("scanner-key")) {
                ScannerKeys.main(arguments[1], arguments[2], Path.of(""), console);
                return;
            }
            if (arguments.length == 3 && arguments[0].equals("poll")) {
                StreamPollerProcess.main(new Workspace(Path.of(arguments[1]), port(), Path.of(arguments[2])));
                return;
            }
            if (arguments.length > 1 && arguments[0].equals("invoke")) {
                System.exit(invoke(List.of(arguments).subList(1, arguments.length)));
            }
            LocalCloud localCloud = new LocalCloud(Workspace.ofCurrentDirectory(port()), console);
            if (arguments.length > 0 && Commands.names().contains(arguments[0])) {
                localCloud.command(arguments[0], List.of(arguments).subList(1, arguments.length));
                return;
            }
            switch (String.join(" ", arguments)) {
                case "run" -> localCloud.run();
                case "stop" -> localCloud.stop();
                case String logs when logs.startsWith("logs ") -> localCloud.logs(logs.substring("logs ".length()));
                case String story
                when story.startsWith("story ") -> localCloud.story(story.substring("story ".length()));
                case "logs" ->
                    throw new LocalCloudException("Specify a function: make logs FUNCTION=ResizePhotoFunction");
                default ->
                    throw new LocalCloudException(
                            "The command must be run, stop, story with a name, logs with a function, redrive with a"
                                    + " queue, scanner-key with a hub and a stage, or one of %s with values"
                                            .formatted(Commands.names()));
            }
        } catch (LocalCloudException e) {
            System.out.flush();
            System.err.printf("%n✗ %s%n", e.getMessage());
            System.exit(1);
        }
    }

    /** Runs a command that starts a container, while containers can reach the local cloud; returns its exit status. */
    private static int invoke(List<String> command) {
        AtomicInteger status = new AtomicInteger();
        ContainerEnvironments.whileReachable(port(), () -> {
            try {
                status.set(new ProcessBuilder(command).inheritIO().start().waitFor());
            } catch (IOException e) {
                throw new LocalCloudException(
                        "%s could not be run: %s".formatted(command.getFirst(), e.getMessage()), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LocalCloudException("Interrupted", e);
            }
        });
        return status.get();
    }

    /** Starts the emulator unless it runs, deploys the application, and plays the short form of each story. */
    public void run() {
        Instant start = Instant.now();
        Stack stack = deploy();
        nameWhatDies(() -> {
            new Deployment(workspace, console).writeContainerEnvironments();
            SupportInbox.standing(stack);
            showWhereToLook(Stories.playShort(stack, console));
            return stack;
        });
        console.headline("Done in %s. It stays up until: make stop%s"
                .formatted(Console.seconds(Duration.between(start, Instant.now())), portArgument()));
    }

    /** Starts the emulator unless it runs, and deploys the application into it. */
    public Stack deploy() {
        Deployment deployment = new Deployment(workspace, console);
        console.step("Build the functions: sam build", deployment::build);
        if (!emulator.isRunning()) {
            console.step("Start the local cloud at " + workspace.endpoint(), emulator::start);
        }
        return nameWhatDies(() -> deploy(deployment));
    }

    private Stack deploy(Deployment deployment) {
        console.step("Adapt the template to the local cloud", () -> {
            for (Difference difference : TemplateAdaptation.DIFFERENCES) {
                console.line("- %s: %s.", difference.change(), difference.reason());
                console.line("  Not proved here: %s.", difference.notProved());
            }
            deployment.adapt();
        });
        // Records that arrive in the meantime wait in the streams.
        streamPoller.stop();
        console.step("Deploy stack %s: sam deploy".formatted(Deployment.STACK_NAME), () -> {
            // Both take some seconds of one processor; a function that starts earlier starts without its archive.
            try (ExecutorService archiver = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<?> archived = archiver.submit(deployment::archiveClasses);
                deployment.deploy();
                archived.get();
            } catch (ExecutionException e) {
                throw new LocalCloudException("The functions' classes could not be archived: " + e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LocalCloudException("Interrupted", e);
            }
        });
        if (deployment.hasStreamEvents()) {
            console.step("Start the poller of the streams", streamPoller::start);
        }
        return deployment.stack();
    }

    /**
     * Runs an action that needs the emulator and the poller of the streams. If it fails because one of them has ended,
     * the exception reports that, instead of the resulting failure of the caller.
     *
     * @throws LocalCloudException when one of them has ended unexpectedly
     */
    <T> T nameWhatDies(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            throw emulator.death()
                    .or(streamPoller::death)
                    .<RuntimeException>map(death -> new LocalCloudException(death, e))
                    .orElse(e);
        }
    }

    /** Stops the emulator, if there is one. */
    public void stop() {
        streamPoller.stop();
        console.line(
                emulator.stop()
                        ? "The local cloud is stopped."
                        : "There is no local cloud on port " + workspace.port() + ".");
    }

    /** Plays a whole story in the running local cloud. */
    private void story(String name) {
        requireRunning();
        nameWhatDies(() -> {
            Stories.play(name, new Deployment(workspace, console).stack(), console);
            return name;
        });
    }

    /** Runs a command that uses the running application. */
    private void command(String name, List<String> values) {
        Commands.Action action = Commands.read(name, values, workspace.projectRoot());
        requireRunning();
        nameWhatDies(() -> {
            action.run(new Deployment(workspace, console).stack(), console);
            return name;
        });
    }

    private void requireRunning() {
        if (!emulator.isRunning()) {
            throw new LocalCloudException(
                    "There is no local cloud on port %d: make run starts one".formatted(workspace.port()));
        }
    }

    private void logs(String function) {
        requireRunning();
        console.line("The log of %s, from 15 minutes ago on; stop with Ctrl-C", function);
        nameWhatDies(() -> {
            new FunctionLogs(workspace).follow(function, console);
            return function;
        });
    }

    private void showWhereToLook(List<WhereToLook> ofTheStories) {
        console.headline("Where to look");
        ofTheStories.forEach(this::show);
        show(new WhereToLook("What failed", "make failures"));
        show(new WhereToLook("Log of a function", "make logs FUNCTION=ResizePhotoFunction"));
        show(new WhereToLook("A whole story", "make story STORY=parcels"));
        show(new WhereToLook(
                "One function alone", "make invoke FUNCTION=UpdateGalleryFunction EVENT=events/update-gallery.json"));
        console.line("                       (in Docker; see events/README.md)");
    }

    private void show(WhereToLook whereToLook) {
        console.line("%-20s %s%s", whereToLook.what(), whereToLook.command(), portArgument());
    }

    private String portArgument() {
        return workspace.port() == DEFAULT_PORT ? "" : " PORT=" + workspace.port();
    }

    private static final int DEFAULT_PORT = 4566;

    private static int port() {
        String port = System.getenv().getOrDefault("PORT", String.valueOf(DEFAULT_PORT));
        try {
            return Integer.parseInt(port);
        } catch (NumberFormatException e) {
            throw new LocalCloudException("PORT must be a number, not '%s'".formatted(port), e);
        }
    }
}
