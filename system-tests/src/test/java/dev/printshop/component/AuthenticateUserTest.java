package dev.printshop.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.identity.aws.CachedSigningKeys;
import dev.printshop.identity.aws.CognitoTokenVerifier;
import dev.printshop.identity.domain.Caller;
import dev.printshop.identity.domain.Group;
import dev.printshop.identity.domain.RejectedTokenException;
import dev.printshop.local.Customers;
import dev.printshop.local.Customers.Tokens;
import dev.printshop.local.LocalCloudExtension;
import dev.printshop.local.Stack;
import dev.printshop.shared.json.JsonObject;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** The verifier and the deployed authorizer against tokens of the stack's user pool. */
@Tag("component")
@ExtendWith(LocalCloudExtension.class)
class AuthenticateUserTest {

    private static final String METHOD = "arn:aws:execute-api:us-east-1:000000000000:a1b2c3d4e5/v1/GET/orders";

    private final List<Exception> failures = new ArrayList<>();

    @Test
    void accessToken_namesTheCallerAndTheGroups(Stack stack) {
        // given
        Customers customers = new Customers(stack);
        customers.create("verified-anna");
        customers.create("verified-ben");
        customers.addToGroup("verified-ben", "approvers");
        CognitoTokenVerifier verifier = verifier(stack, stack.userPoolClientId());

        // when
        Caller anna = verifier.verify(customers.signIn("verified-anna").access());
        Caller ben = verifier.verify(customers.signIn("verified-ben").access());

        // then
        assertThat(anna.groups()).isEmpty();
        assertThat(ben.groups()).containsExactly(Group.APPROVERS);
        assertThat(ben.customerId()).isNotEqualTo(anna.customerId()).matches("[0-9a-f-]{36}");
        assertThat(verifier.verify(customers.signIn("verified-anna").access())).isEqualTo(anna);
        assertThat(failures).isEmpty();
    }

    @Test
    void otherTokens_areRejected(Stack stack) {
        // given
        Customers customers = new Customers(stack);
        customers.create("rejected-anna");
        Tokens tokens = customers.signIn("rejected-anna");

        // when, then
        assertThatThrownBy(() -> verifier(stack, stack.userPoolClientId()).verify(tokens.id()))
                .isInstanceOf(RejectedTokenException.class)
                .hasMessage("NOT_AN_ACCESS_TOKEN");
        assertThatThrownBy(() -> verifier(stack, "another").verify(tokens.access()))
                .isInstanceOf(RejectedTokenException.class)
                .hasMessage("WRONG_CLIENT");
    }

    @Test
    void deployedFunction_answersAPolicy_orUnauthorized(Stack stack) {
        // given
        Customers customers = new Customers(stack);
        customers.create("deployed-cem");
        customers.addToGroup("deployed-cem", "support");
        Tokens tokens = customers.signIn("deployed-cem");

        // when
        InvokeResponse accepted = invoke(stack, tokens.access());
        InvokeResponse rejected = invoke(stack, tokens.id());

        // then
        JsonObject answer = JsonObject.parse(accepted.payload().asUtf8String());
        assertThat(answer.object("context").text("groups")).isEqualTo("support");
        assertThat(answer.object("policyDocument").objects("Statement")).hasSize(2);
        assertThat(rejected.functionError()).isNotBlank();
        assertThat(JsonObject.parse(rejected.payload().asUtf8String()).text("errorMessage"))
                .isEqualTo("Unauthorized");
    }

    private CognitoTokenVerifier verifier(Stack stack, String clientId) {
        URI keySet = URI.create(
                "%s/%s/.well-known/jwks.json".formatted(stack.workspace().endpoint(), stack.userPoolId()));
        return new CognitoTokenVerifier(
                new CachedSigningKeys(keySet, Clock.systemUTC(), failures::add),
                "https://cognito-idp.us-east-1.amazonaws.com/" + stack.userPoolId(),
                clientId,
                Clock.systemUTC());
    }

    private static InvokeResponse invoke(Stack stack, String token) {
        String event =
                JsonObject.write(Map.of("type", "TOKEN", "methodArn", METHOD, "authorizationToken", "Bearer " + token));
        try (LambdaClient lambda = stack.client(LambdaClient.builder())) {
            return lambda.invoke(call -> call.functionName(Stack.functionName("AuthenticateUserFunction"))
                    .qualifier("live")
                    .payload(SdkBytes.fromUtf8String(event)));
        }
    }
}
