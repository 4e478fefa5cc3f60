package dev.printshop.identity.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The policies, evaluated as IAM does. */
class AccessPolicyTest {

    private static final String STAGE = "arn:aws:execute-api:eu-central-1:111122223333:a1b2c3d4e5/v1";
    private static final String ORDER = "01930f6e-7a7c-7b0e-8c3e-3a6f7c2b1e05";

    private static final Set<Group> NOBODY_SPECIAL = Set.of();
    private static final Set<Group> APPROVER = Set.of(Group.APPROVERS);
    private static final Set<Group> SUPPORT = Set.of(Group.SUPPORT);
    private static final Set<Group> BOTH = Set.of(Group.APPROVERS, Group.SUPPORT);

    /**
     * A call.
     *
     * @param callers the groups of those who may make it
     */
    record Call(String methodAndPath, List<Set<Group>> callers) {}

    static Stream<Call> calls() {
        List<Set<Group>> all = List.of(NOBODY_SPECIAL, APPROVER, SUPPORT, BOTH);
        return Stream.of(
                new Call("POST/orders", all),
                new Call("GET/orders", all),
                new Call("GET/orders/" + ORDER, all),
                new Call("POST/orders/" + ORDER + "/cancellation", all),
                new Call("GET/orders/" + ORDER + "/audit", List.of(SUPPORT, BOTH)),
                new Call("GET/orders//audit", List.of(SUPPORT, BOTH)),
                new Call("GET/orders/" + ORDER + "/more/audit", List.of(SUPPORT, BOTH)),
                new Call("GET/approvals", List.of(APPROVER, BOTH)),
                new Call("POST/approvals/" + ORDER, List.of(APPROVER, BOTH)),
                new Call("DELETE/orders/" + ORDER, List.of()),
                new Call("PUT/orders", List.of()),
                new Call("GET/scans", List.of()),
                new Call("GET/", List.of()));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void call_isAllowedToThoseWhoMayMakeIt(Call call) {
        for (Set<Group> groups : List.of(NOBODY_SPECIAL, APPROVER, SUPPORT, BOTH)) {
            assertThat(allows(policy(groups), STAGE + "/" + call.methodAndPath()))
                    .as("%s for %s", call.methodAndPath(), groups)
                    .isEqualTo(call.callers().contains(groups));
        }
    }

    @Test
    void everyRoute_isAllowedExactlyToItsGroup() {
        for (Route route : RouteAccess.ROUTES) {
            String arn = STAGE + "/" + route.method() + route.path().replaceAll("\\{\\w+}", ORDER);
            for (Set<Group> groups : List.of(NOBODY_SPECIAL, APPROVER, SUPPORT, BOTH)) {
                boolean expected =
                        route.group().isEmpty() || groups.contains(route.group().get());
                assertThat(allows(policy(groups), arn))
                        .as("%s for %s", route, groups)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void otherStagesAndApis_areNotAllowed() {
        AccessPolicy policy = policy(BOTH);

        assertThat(allows(policy, "arn:aws:execute-api:eu-central-1:111122223333:a1b2c3d4e5/v2/GET/orders"))
                .isFalse();
        assertThat(allows(policy, "arn:aws:execute-api:eu-central-1:111122223333:other/v1/GET/orders"))
                .isFalse();
    }

    @Test
    void policy_isTheSameForAllMethodsOfTheStage() {
        Caller caller = new Caller("anna", SUPPORT);

        assertThat(AccessPolicy.of(caller, ApiStage.of(STAGE + "/POST/orders/1/cancellation")))
                .isEqualTo(AccessPolicy.of(caller, ApiStage.of(STAGE + "/GET/orders")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "arn:aws:execute-api:eu-central-1:111122223333:a1b2c3d4e5/v1",
                "arn:aws:lambda:eu-central-1:111122223333:function/v1/GET/orders",
                "arn:aws:execute-api:eu-central-1:111122223333:*/v1/GET/orders",
                "arn:aws:execute-api:eu-central-1:111122223333:a1b2c3d4e5/*/GET/orders"
            })
    void arnOfAnotherForm_isRefused(String arn) {
        assertThatThrownBy(() -> ApiStage.of(arn)).isInstanceOf(IllegalArgumentException.class);
    }

    private static AccessPolicy policy(Set<Group> groups) {
        return AccessPolicy.of(new Caller("anna", groups), ApiStage.of(STAGE + "/GET/orders"));
    }

    /** What is denied is never allowed; what is neither is not allowed. */
    private static boolean allows(AccessPolicy policy, String arn) {
        return policy.denied().stream().noneMatch(pattern -> matches(pattern, arn))
                && policy.allowed().stream().anyMatch(pattern -> matches(pattern, arn));
    }

    /** A wildcard of IAM matches any characters, and slashes are some. */
    private static boolean matches(String pattern, String arn) {
        return Pattern.matches("\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E", arn);
    }
}
