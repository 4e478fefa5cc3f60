package dev.printshop.contract;

import java.util.List;

/**
 * The position of a part of a template.
 *
 * @param file the template, with slashes, as seen from the root's folder
 * @param lines the lines of the file
 * @param firstLine the first line of the part, from 1
 * @param lastLine the last line of the part
 */
record Place(String file, List<String> lines, int firstLine, int lastLine) {

    /** The place of values without a position in a file. */
    static final Place NONE = new Place("", List.of(), 0, 0);

    /** The folder of the file; empty for the root's. */
    String folder() {
        return file.substring(0, Math.max(0, file.lastIndexOf('/')));
    }

    @Override
    public String toString() {
        return "%s:%d".formatted(file, firstLine);
    }
}
