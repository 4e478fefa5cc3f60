package dev.printshop.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files of the local cloud of one port: all in one folder below {@code .local}, which git ignores.
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
     * The address of the emulator. It is an IP address, because for host names the SDK uses virtual hosts for S3, which
     * localhost doesn't resolve.
     */
    public String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    /** The folder of {@code sam build}'s artifacts. */
    public Path build() {
        return folder.resolve("build");
    }

    /** The folder of the adapted template and functions. */
    public Path deployment() {
        return folder.resolve("deployment");
    }

    /** The folder of the functions' classes and jars. */
    public Path functions() {
        return folder.resolve("functions");
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
