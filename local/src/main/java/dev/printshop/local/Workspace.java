package dev.printshop.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the local cloud of one port keeps its files: all in one folder, below {@code .local}, which git ignores.
 *
 * @param projectRoot the folder with template.yaml
 * @param port the port that the emulator listens on, on the loopback interface only
 * @param folder this local cloud's own folder
 */
public record Workspace(Path projectRoot, int port, Path folder) {

    /** The local cloud of {@code make run} in the current directory. */
    public static Workspace ofCurrentDirectory(int port) {
        Path root = Path.of("").toAbsolutePath();
        return new Workspace(root, port, root.resolve(".local").resolve("port-" + port));
    }

    public Workspace {
        if (!Files.exists(projectRoot.resolve("template.yaml"))) {
            throw new LocalCloudException(
                    "There is no template.yaml in %s; start from the project's root".formatted(projectRoot));
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Where the emulator answers. An IP address, for the SDK asks virtual hosts of S3 at names, which localhost doesn't
     * resolve.
     */
    public String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    /** Where {@code sam build} puts its artifacts. */
    public Path build() {
        return folder.resolve("build");
    }

    /** Where the adapted template and functions are. */
    public Path deployment() {
        return folder.resolve("deployment");
    }

    /** A program of one of the virtual environments that the Makefile sets up. */
    public Path program(String environment, String name) {
        Path program =
                projectRoot.resolve(".venv").resolve(environment).resolve("bin").resolve(name);
        if (!Files.isExecutable(program)) {
            throw new LocalCloudException(
                    "%s is not installed: make run and make e2e install it into .venv/%s".formatted(name, environment));
        }
        return program;
    }
}
