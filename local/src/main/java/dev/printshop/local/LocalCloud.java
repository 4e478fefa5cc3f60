package dev.printshop.local;

import dev.printshop.local.TemplateAdaptation.Difference;
import dev.printshop.local.redrive.Redrive;
import dev.printshop.local.story.Stories;
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
 * {@code redrive QUEUE}, {@code invoke COMMAND...}, which the Makefile calls, and {@code poll ROOT FOLDER}, which it
 * calls itself.
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
            if (arguments.length == 3 && arguments[0].equals("poll")) {
                StreamPollerProcess.main(new Workspace(Path.of(arguments[1]), port(), Path.of(arguments[2])));
                return;
            }
            if (arguments.length > 1 && arguments[0].equals("invoke")) {
                System.exit(invoke(List.of(arguments).subList(1, arguments.length)));
            }
            LocalCloud localCloud = new LocalCloud(Workspace.ofCurrentDirectory(port()), console);
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
                            "The command must be run, stop, story with a name, logs with a function,"
                                    + " or redrive with a queue");
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
            Stories.playShort(stack, console);
            showWhereToLook(stack);
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

    private void showWhereToLook(Stack stack) {
        console.headline("Where to look");
        console.line("The whole story      make story STORY=photos%s, or STORY=parcels", portArgument());
        console.line("Log of a function    make logs FUNCTION=ResizePhotoFunction%s", portArgument());
        console.line("The AWS CLI          export AWS_ENDPOINT_URL=%s AWS_ACCESS_KEY_ID=test", workspace.endpoint());
        console.line("                     export AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1");
        console.line(
                "Upload a photo       aws s3 cp photo.jpg s3://%s/uploads/anna/my-photo.jpg", stack.uploadsBucket());
        console.line("List the variants    aws s3 ls --recursive s3://%s/", stack.variantsBucket());
        console.line(
                "Query the gallery    aws dynamodb query --table-name %s --index-name newest-first \\",
                stack.photosTable());
        console.line("                       --no-scan-index-forward --key-condition-expression '#o = :o' \\");
        console.line("                       --expression-attribute-names '{\"#o\":\"owner\"}' \\");
        console.line("                       --expression-attribute-values '{\":o\":{\"S\":\"anna\"}}'");
        console.line("Track a parcel       curl %s/parcels/<its id>", stack.apiUrl());
        console.line("Read hubs' figures   aws dynamodb scan --table-name %s", stack.hubFiguresTable());
        console.line("See the data lake    aws s3 ls --recursive s3://%s/scans/", stack.dataLakeBucket());
        // The first version of the AWS CLI sends requests for SQS to AWS unless the endpoint is on its command line.
        console.line(
                "What failed          aws sqs receive-message --endpoint-url %s --queue-url \\", workspace.endpoint());
        console.line("                       %s", stack.galleryDeadLetterQueueUrl());
        console.line("Try it again         make redrive QUEUE=%s", stack.galleryDeadLetterQueueUrl());
        console.line(
                "One function alone   make invoke FUNCTION=ResizePhotoFunction EVENT=events/resize-photo.json%s",
                portArgument());
        console.line("                       (in Docker; see events/README.md)");
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
