package dev.printshop.identity.domain;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * A signed-in user.
 *
 * @param customerId the user's id in the user pool, which never changes ({@code sub}), and the owner of the user's
 *     photos and orders
 * @param groups the groups that some routes need
 */
public record Caller(String customerId, Set<Group> groups) {

    public Caller {
        groups = Set.copyOf(groups);
    }

    /** The groups' names with commas between them, in alphabetical order. */
    public String groupNames() {
        return groups.stream().map(Group::groupName).sorted().collect(Collectors.joining(","));
    }
}
