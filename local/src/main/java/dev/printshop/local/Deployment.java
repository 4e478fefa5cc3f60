package dev.printshop.local;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** Builds the application with {@code sam build} and deploys it to the local cloud with {@code sam deploy}. */
public final class Deployment {

    /** The stack's name, as samconfig.toml has it for the config environment local. */
    public static final String STACK_NAME = "printshop-local";

    private final Workspace workspace;
    private final Console console;

    /** The classes of the functions, by the folders of the build. */
    private final Map<Path, FunctionClasses> classes = new HashMap<>();

    public Deployment(Workspace workspace, Console console) {
        this.workspace = workspace;
        this.console = console;
    }

    /** Builds all functions. */
    public void build() {
        classes.clear();
        sam(
                "sam-build.log",
                "sam build",
                "build",
                "--build-dir",
                workspace.build().toString());
    }

    /** Creates the adapted copy of the build. */
    public void adapt() {
        Path adapted = workspace.deployment();
        try {
            deleteTree(adapted);
            Files.createDirectories(adapted);
            for (Map.Entry<Path, Map<String, Object>> each :
                    Templates.read(workspace.build()).entrySet()) {
                Map<String, Object> template = each.getValue();
                Path built = workspace.build().resolve(each.getKey());
                Path file = adapted.resolve(each.getKey());
                Files.createDirectories(file.getParent());
                TemplateAdaptation.codeFolders(template)
                        .values()
                        .forEach(folder -> FunctionPackage.write(
                                file.resolveSibling(folder), classes(built.resolveSibling(folder))));
                for (Map.Entry<String, String> definition :
                        TemplateAdaptation.definitionFiles(template).entrySet()) {
                    Files.copy(
                            built.resolveSibling(definition.getValue()).normalize(),
                            file.resolveSibling(TemplateAdaptation.definitionCopy(definition.getKey())));
                }
                // JSON is YAML, too.
                Files.writeString(
                        file,
                        JSON.std
                                .with(JSON.Feature.PRETTY_PRINT_OUTPUT)
                                .asString(TemplateAdaptation.adapt(template, workspace.endpoint())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Archives the classes of the functions, so that they start in less time. Unchanged functions have an archive. */
    public void archiveClasses() {
        Map<Path, Runnable> archives = new HashMap<>();
        Templates.read(workspace.build()).forEach((file, template) -> {
            TemplateAdaptation.codeFolders(template).forEach((function, folder) -> {
                FunctionClasses classes =
                        classes(workspace.build().resolve(file).resolveSibling(folder));
                // One archive for all functions with the same content: they load mostly the same classes.
                archives.putIfAbsent(
                        classes.folder(),
                        () -> classes.archiveClasses(
                                TemplateAdaptation.handler(template, function),
                                TemplateAdaptation.variables(template, function)));
            });
        });
        archives.values().parallelStream().forEach(Runnable::run);
        FunctionClasses.deleteOthers(workspace.functions(), archives.keySet());
    }

    private FunctionClasses classes(Path built) {
        return classes.computeIfAbsent(built, folder -> FunctionClasses.of(workspace.functions(), folder));
    }

    /** Deploys the adapted copy, or updates an earlier deployment. */
    public void deploy() {
        sam(
                "sam-deploy.log",
                "sam deploy",
                "deploy",
                "--config-file",
                workspace.projectRoot().resolve("samconfig.toml").toString(),
                "--config-env",
                "local",
                "--template-file",
                workspace.deployment().resolve("template.yaml").toString());
    }

    /** Writes the environments that {@code sam local invoke} needs to run a function against the deployed stack. */
    public void writeContainerEnvironments() {
        ContainerEnvironments environments =
                new ContainerEnvironments(workspace, Stack.client(workspace, LambdaClient.builder()));
        Templates.read(workspace.build())
                .values()
                .forEach(template -> environments.write(
                        TemplateAdaptation.codeFolders(template).keySet()));
    }

    /** Whether a function follows a stream. */
    public boolean hasStreamEvents() {
        return !streamEvents(workspace).isEmpty();
    }

    /** The properties of the streams' events in the built templates, by the name of the function. */
    static Map<String, Map<String, Object>> streamEvents(Workspace workspace) {
        Map<String, Map<String, Object>> events = new HashMap<>();
        Templates.read(workspace.build())
                .values()
                .forEach(template -> TemplateAdaptation.streamEvents(template)
                        .forEach((id, event) -> events.put(Stack.functionName(id), event)));
        return events;
    }

    /** The deployed stack. */
    public Stack stack() {
        return new Stack(workspace, readOutputs());
    }

    private Map<String, String> readOutputs() {
        String text = output("list", "stack-outputs", "--stack-name", STACK_NAME, "--output", "json");
        try {
            Map<String, String> outputs = new HashMap<>();
            // The list follows messages of the SAM CLI.
            for (Object output : JSON.std.listFrom(text.substring(text.indexOf('[')))) {
                Map<?, ?> fields = (Map<?, ?>) output;
                outputs.put(String.valueOf(fields.get("OutputKey")), String.valueOf(fields.get("OutputValue")));
            }
            return outputs;
        } catch (IOException e) {
            throw new LocalCloudException("The stack's outputs can't be read from: " + text, e);
        }
    }

    private void sam(String log, String what, String... arguments) {
        Map<String, String> environment = new HashMap<>(Emulator.clientEnvironment(workspace));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        new Command(console, workspace.projectRoot(), workspace.folder().resolve(log), environment)
                .run(what, command(arguments));
    }

    private String output(String... arguments) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command(arguments))
                    .directory(workspace.projectRoot().toFile())
                    .redirectError(workspace.folder().resolve("sam-list.log").toFile());
            builder.environment().remove("AWS_PROFILE");
            builder.environment().putAll(Emulator.clientEnvironment(workspace));
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new LocalCloudException("There is no deployed stack " + STACK_NAME + ": make run deploys it");
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalCloudException("Interrupted", e);
        }
    }

    private List<String> command(String... arguments) {
        return Stream.concat(Stream.of(workspace.program("sam", "sam").toString()), Stream.of(arguments))
                .toList();
    }

    private static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        }
    }
}
