package dev.printshop.contract;

/**
 * A violation of a rule.
 *
 * @param resource the logical id of the resource, or the section's name if it is not about a resource
 * @param rule the rule's name
 * @param expected what the rule requires
 * @param actual the actual value
 */
public record Violation(String resource, String rule, String expected, String actual) {

    @Override
    public String toString() {
        return "%s breaks the rule %s: expected %s, but found %s".formatted(resource, rule, expected, actual);
    }
}
