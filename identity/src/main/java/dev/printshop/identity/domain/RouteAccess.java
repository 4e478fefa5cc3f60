package dev.printshop.identity.domain;

import java.util.List;
import java.util.Optional;

/**
 * Which callers may use which routes of the APIs, for all methods that have the authorizer. A contract test compares
 * it with the templates.
 */
public final class RouteAccess {

    /** All routes. */
    public static final List<Route> ROUTES = List.of(
            anyUser("POST", "/orders"),
            anyUser("GET", "/orders"),
            anyUser("GET", "/orders/{orderId}"),
            anyUser("POST", "/orders/{orderId}/cancellation"),
            only(Group.SUPPORT, "GET", "/orders/{orderId}/audit"),
            only(Group.APPROVERS, "GET", "/approvals"),
            only(Group.APPROVERS, "POST", "/approvals/{approvalId}"));

    private RouteAccess() {}

    private static Route anyUser(String method, String path) {
        return new Route(method, path, Optional.empty());
    }

    private static Route only(Group group, String method, String path) {
        return new Route(method, path, Optional.of(group));
    }
}
