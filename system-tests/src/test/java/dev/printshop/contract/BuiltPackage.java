package dev.printshop.contract;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A function's package, as {@code sam build} fills it.
 *
 * @param folder has the function's classes and, in {@code lib}, the jars
 */
public record BuiltPackage(Path folder) {

    private static final String LIBRARIES = "lib";

    /** All files, sorted. */
    public List<Path> files() {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The jars in {@code lib}, sorted. */
    public List<Path> jars() {
        return files().stream()
                .filter(file -> file.startsWith(folder.resolve(LIBRARIES)))
                .toList();
    }

    public long bytes() {
        return files().stream().mapToLong(BuiltPackage::size).sum();
    }

    /** The size of its zip, with the compression that {@code sam deploy} uses. */
    public long zippedBytes() {
        AtomicLong size = new AtomicLong();
        try (ZipOutputStream zip = new ZipOutputStream(new OutputStream() {
            @Override
            public void write(int b) {
                size.incrementAndGet();
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                size.addAndGet(length);
            }
        })) {
            for (Path file : files()) {
                zip.putNextEntry(new ZipEntry(folder.relativize(file).toString()));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return size.get();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
