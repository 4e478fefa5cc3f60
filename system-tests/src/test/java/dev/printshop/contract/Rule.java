package dev.printshop.contract;

import java.util.List;
import java.util.Locale;

/** A requirement that a template and the code must fulfil together, or that every template must fulfil. */
public interface Rule {

    /** All violations of the rule. */
    List<Violation> check(Template template, Project project);

    /** The rule's name, as in messages, in the docs, and of the folder with its broken templates. */
    default String ruleName() {
        return getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    default Violation violation(String resource, String expected, Object actual) {
        return new Violation(resource, ruleName(), expected, String.valueOf(actual));
    }
}
