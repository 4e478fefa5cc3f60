package dev.printshop.contract;

import java.util.Map;

/**
 * A nested stack.
 *
 * @param id its logical id in the root
 * @param document the template, as it is written
 * @param parameters the values from the root
 */
public record Module(String id, Value document, Map<String, Value> parameters) {

    /** The template's file, as seen from the root's folder. */
    public String file() {
        return document.place().file();
    }
}
