package dev.printshop.local.commands;

import dev.printshop.local.LocalCloudException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values of a command line, as in {@code OWNER=anna}. An empty value is no value. */
final class Values {

    private final Map<String, String> values = new LinkedHashMap<>();

    Values(List<String> arguments) {
        for (String argument : arguments) {
            String[] nameAndValue = argument.split("=", 2);
            if (nameAndValue.length == 2 && !nameAndValue[1].isBlank()) {
                values.put(nameAndValue[0], nameAndValue[1].strip());
            }
        }
    }

    String required(String name, String example) {
        String value = values.get(name);
        if (value == null) {
            throw new LocalCloudException("%s is missing: %s".formatted(name, example));
        }
        return value;
    }

    String optional(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** A value that must be one of some. */
    static String oneOf(Collection<String> allowed, String name, String value) {
        if (!allowed.contains(value)) {
            throw new LocalCloudException("%s must be one of %s, not '%s'".formatted(name, allowed, value));
        }
        return value;
    }
}
