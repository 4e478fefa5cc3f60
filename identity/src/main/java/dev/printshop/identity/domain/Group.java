package dev.printshop.identity.domain;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** A group of users with routes of their own. The user pool has a group of each name. */
public enum Group {
    /** Those who approve large orders. */
    APPROVERS,
    /** Those who answer customers' questions. */
    SUPPORT;

    /** The name in the user pool and in tokens. */
    public String groupName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The groups of these names. Other names are ignored: no route depends on them. */
    public static Set<Group> named(Collection<String> names) {
        Set<Group> groups = EnumSet.noneOf(Group.class);
        Arrays.stream(values())
                .filter(group -> names.contains(group.groupName()))
                .forEach(groups::add);
        return Collections.unmodifiableSet(groups);
    }
}
