package dev.printshop.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The context for checking a template.
 *
 * @param root the folder that has the Makefile and events/
 * @param code the classes of all modules
 */
public record Project(Path root, Code code) {

    /** The text of a file. */
    public String read(String path) {
        try {
            return Files.readString(root.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean has(String path) {
        return Files.exists(root.resolve(path));
    }

    /** The names of the JSON files in a folder, sorted; none when there is no such folder. */
    public List<String> jsonFiles(String folder) {
        if (!has(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(root.resolve(folder))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The templates of modules: every template.yaml one folder below that has functions, and does not belong to another
     * project.
     */
    public Set<String> moduleTemplates() {
        try (Stream<Path> files = Files.find(root, 2, (file, _) -> file.endsWith("template.yaml"))) {
            return files.map(file -> root.relativize(file))
                    .filter(file -> file.getNameCount() == 2)
                    .map(file -> file.toString().replace('\\', '/'))
                    .filter(file -> read(file).contains("AWS::Serverless-2016-10-31"))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
