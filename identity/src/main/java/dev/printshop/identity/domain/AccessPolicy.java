package dev.printshop.identity.domain;

import java.util.List;

/**
 * What a caller may call: every route of an API's stage, not only the one of the current call, because API Gateway
 * keeps the policy for the token's next calls.
 *
 * <p>A wildcard of a policy matches slashes, too: {@code GET/orders/*} includes {@code GET/orders/1/audit}. So the
 * routes that the caller lacks the group for are denied, and a denial takes precedence.
 *
 * @param allowed the ARNs of what is allowed
 * @param denied the ARNs of what is denied, even where it is also allowed
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html">
 *     ARNs of methods in policies</a>
 */
public record AccessPolicy(List<String> allowed, List<String> denied) {

    public AccessPolicy {
        allowed = List.copyOf(allowed);
        denied = List.copyOf(denied);
    }

    /** The policy of a caller in a stage. */
    public static AccessPolicy of(Caller caller, ApiStage stage) {
        return new AccessPolicy(arns(caller, stage, true), arns(caller, stage, false));
    }

    private static List<String> arns(Caller caller, ApiStage stage, boolean allowed) {
        return RouteAccess.ROUTES.stream()
                .filter(route -> route.allows(caller) == allowed)
                .map(stage::arnOf)
                .toList();
    }
}
