package dev.printshop.contract;

/**
 * A broken rule.
 *
 * @param resource the logical id of the resource, or the section's name for what is not a resource's
 * @param rule the rule's name
 * @param expected what the rule asks for
 * @param actual what came
 */
public record Violation(String resource, String rule, String expected, String actual) {

    @Override
    public String toString() {
        return "%s breaks the rule %s: expected %s, but found %s".formatted(resource, rule, expected, actual);
    }
}
