package dev.printshop.identity.domain;

import java.util.Optional;

/**
 * A method of an API.
 *
 * @param method of HTTP, in capitals
 * @param path as in the template, with names in braces for its parameters
 * @param group the group that a caller needs; without one, any signed-in user may call it
 */
public record Route(String method, String path, Optional<Group> group) {

    /** Whether the caller may use it. */
    public boolean allows(Caller caller) {
        return group.map(caller.groups()::contains).orElse(true);
    }
}
