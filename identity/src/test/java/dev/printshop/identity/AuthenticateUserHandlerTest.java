package dev.printshop.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.groups.Tuple.tuple;

import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import com.nimbusds.jose.jwk.RSAKey;
import dev.printshop.identity.aws.CachedSigningKeys;
import dev.printshop.identity.aws.CognitoTokenVerifier;
import dev.printshop.identity.aws.KeySetServer;
import dev.printshop.identity.aws.TestTokens;
import dev.printshop.identity.domain.KeysUnavailableException;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.telemetry.LogRecords;
import dev.printshop.shared.testing.FakeContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticateUserHandlerTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:15:30Z");
    private static final RSAKey KEY = TestTokens.key("current");
    private static final String STAGE = "arn:aws:execute-api:eu-central-1:111122223333:a1b2c3d4e5/v1";

    @RegisterExtension
    private final LogRecords log = new LogRecords();

    private final KeySetServer server = new KeySetServer(TestTokens.keySet(KEY));
    private final AuthenticateUserHandler handler = new AuthenticateUserHandler(new CognitoTokenVerifier(
            new CachedSigningKeys(server.address(), () -> NOW, AuthenticateUserHandler::report),
            TestTokens.ISSUER,
            TestTokens.CLIENT_ID,
            () -> NOW));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void goodToken_isAnsweredByAPolicyForAllMethodsAndTheCallersContext() {
        // when
        JsonObject answer = authenticate("Bearer " + token("support"));

        // then: the form that API Gateway reads
        assertThat(answer.text("principalId")).isEqualTo(TestTokens.CUSTOMER);
        assertThat(answer.object("context").text("customerId")).isEqualTo(TestTokens.CUSTOMER);
        assertThat(answer.object("context").text("groups")).isEqualTo("support");
        JsonObject policy = answer.object("policyDocument");
        assertThat(policy.text("Version")).isEqualTo("2012-10-17");
        assertThat(policy.objects("Statement"))
                .extracting(
                        statement -> statement.text("Effect"),
                        statement -> statement.text("Action"),
                        statement -> List.copyOf(statement.values("Resource")))
                .containsExactly(
                        tuple(
                                "Allow",
                                "execute-api:Invoke",
                                List.of(
                                        STAGE + "/POST/orders",
                                        STAGE + "/GET/orders",
                                        STAGE + "/GET/orders/*",
                                        STAGE + "/POST/orders/*/cancellation",
                                        STAGE + "/GET/orders/*/audit")),
                        tuple(
                                "Deny",
                                "execute-api:Invoke",
                                List.of(STAGE + "/GET/approvals", STAGE + "/POST/approvals/*")));
        assertThat(log.metricLines()).isEmpty();
    }

    @Test
    void memberOfAllGroups_isDeniedNothing() {
        // when
        JsonObject answer = authenticate("Bearer " + token("support", "approvers"));

        // then: API Gateway refuses a statement without resources
        assertThat(answer.object("policyDocument").objects("Statement"))
                .extracting(statement -> statement.text("Effect"))
                .containsExactly("Allow");
        assertThat(answer.object("context").text("groups")).isEqualTo("approvers,support");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Basic YTpi", "Bearer junk.junk.junk", "Bearer eyJhbGciOiJub25lIn0.e30."})
    void badToken_isUnauthorizedWithoutAReason(@Nullable String authorization) {
        // when
        Throwable thrown = catchThrowable(() -> authenticate(authorization));

        // then: this message is API Gateway's 401
        assertThat(thrown).hasMessage("Unauthorized").hasNoCause();
        assertThat(thrown.getStackTrace()).isEmpty();
        assertThat(log.metricLines()).containsExactly("TokensRejected{Service=test} 1.0");
        assertThat(log.lines())
                .singleElement()
                .asString()
                .matches("INFO Token rejected \\{reason=(NOT_BEARER|MALFORMED|WRONG_ALGORITHM)}");
    }

    @Test
    void unreachableKeySet_isAnotherFailureThanABadToken() {
        // given
        server.failWith(503);

        // when, then
        assertThatThrownBy(() -> authenticate("Bearer " + token())).isInstanceOf(KeysUnavailableException.class);
        assertThat(log.metricLines()).containsExactly("KeyFetchesFailed{Service=test} 1.0");
        assertThat(log.lines()).singleElement().asString().startsWith("WARN Keys not fetched");
    }

    /** {@code make invoke} uses it; no user pool has issued its token. */
    @Test
    void sampleEvent_isUnauthorized() throws IOException {
        // given
        APIGatewayCustomAuthorizerEvent event;
        try (InputStream file = Files.newInputStream(Path.of("../events/authenticate-user.json"))) {
            event = LambdaEventSerializers.serializerFor(
                            APIGatewayCustomAuthorizerEvent.class, getClass().getClassLoader())
                    .fromJson(file);
        }

        // when, then
        assertThatThrownBy(() -> handler.handleRequest(event, new FakeContext()))
                .hasMessage("Unauthorized");
        assertThat(log.lines()).containsExactly("INFO Token rejected {reason=UNKNOWN_KEY}");
    }

    private static String token(String... groups) {
        return TestTokens.signed(
                KEY,
                TestTokens.claims(NOW).claim("cognito:groups", List.of(groups)).build());
    }

    /** The answer as Lambda's runtime writes it. */
    private JsonObject authenticate(@Nullable String authorization) {
        IamPolicyResponse answer = handler.handleRequest(
                APIGatewayCustomAuthorizerEvent.builder()
                        .withType("TOKEN")
                        .withAuthorizationToken(authorization)
                        .withMethodArn(STAGE + "/GET/orders/1")
                        .build(),
                new FakeContext());
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        JacksonFactory.getInstance().getSerializer(IamPolicyResponse.class).toJson(answer, json);
        return JsonObject.parse(json.toString(StandardCharsets.UTF_8));
    }
}
