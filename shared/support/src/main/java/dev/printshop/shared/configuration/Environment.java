package dev.printshop.shared.configuration;

import dev.printshop.shared.messages.Quoted;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The environment variables that the template sets for a function. Handlers read it in their no-argument constructor,
 * so that a missing or wrong variable fails the function's init, with its name, and not a later invocation.
 */
public final class Environment {

    private final Map<String, String> variables;

    /** The environment of this process. */
    public static Environment ofProcess() {
        return new Environment(System.getenv());
    }

    /** A given environment, for tests. */
    public Environment(Map<String, String> variables) {
        this.variables = variables;
    }

    /**
     * The text of a variable.
     *
     * @throws IllegalStateException when it isn't set or is blank
     */
    public String required(String name) {
        String value = variables.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException(
                    "Environment variable %s is not set; template.yaml must set it".formatted(name));
        }
        return value;
    }

    /** The text of a variable that may be missing; a blank one counts as missing, as templates can set no other. */
    public Optional<String> optional(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }

    /**
     * A variable's value, parsed.
     *
     * @param parser throws an {@link IllegalArgumentException} on text that it can't read
     * @throws IllegalStateException when the variable isn't set, or the parser throws
     */
    public <T> T required(String name, Function<String, T> parser) {
        String value = required(name);
        try {
            return parser.apply(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "Environment variable %s can't be read from %s: %s"
                            .formatted(name, Quoted.name(value), e.getMessage()),
                    e);
        }
    }
}
