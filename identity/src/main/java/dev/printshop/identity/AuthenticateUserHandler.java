package dev.printshop.identity;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayCustomAuthorizerEvent;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse.PolicyDocument;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse.Statement;
import dev.printshop.identity.aws.CachedSigningKeys;
import dev.printshop.identity.aws.CognitoTokenVerifier;
import dev.printshop.identity.aws.PrimingKeys;
import dev.printshop.identity.domain.AccessPolicy;
import dev.printshop.identity.domain.ApiStage;
import dev.printshop.identity.domain.BearerToken;
import dev.printshop.identity.domain.Caller;
import dev.printshop.identity.domain.RejectedTokenException;
import dev.printshop.identity.domain.TokenVerifier;
import dev.printshop.shared.configuration.Environment;
import dev.printshop.shared.snapstart.Priming;
import dev.printshop.shared.telemetry.LogField;
import dev.printshop.shared.telemetry.Telemetry;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entry point of AuthenticateUser, a TOKEN authorizer of the APIs: verifies the caller's access token, and answers with
 * a policy for all methods of the API's stage that the caller may use. The API's functions get {@code customerId} and
 * {@code groups} in the context of their requests.
 *
 * <p>A bad token is answered by 401 without a reason. When tokens can't be verified, the answer is 500.
 */
public final class AuthenticateUserHandler
        implements RequestHandler<APIGatewayCustomAuthorizerEvent, IamPolicyResponse> {

    private static final Logger LOG = LoggerFactory.getLogger(AuthenticateUserHandler.class);

    private final TokenVerifier tokens;

    /** Creates the function from its environment. */
    public AuthenticateUserHandler() {
        Environment environment = Environment.ofProcess();
        CachedSigningKeys keys = new CachedSigningKeys(
                environment.required("KEY_SET_URL", URI::create), Clock.systemUTC(), AuthenticateUserHandler::report);
        this.tokens = new CognitoTokenVerifier(
                keys, environment.required("TOKEN_ISSUER"), environment.required("APP_CLIENT_ID"), Clock.systemUTC());
        // Another instance runs with the sample: its key never becomes one of the user pool's.
        Priming.of(new AuthenticateUserHandler(new CognitoTokenVerifier(
                        new PrimingKeys(), PrimingKeys.ISSUER, PrimingKeys.CLIENT_ID, Clock.systemUTC())))
                .reading(keys::fetch)
                .beforeCheckpoint();
    }

    AuthenticateUserHandler(TokenVerifier tokens) {
        this.tokens = tokens;
    }

    @Override
    public IamPolicyResponse handleRequest(APIGatewayCustomAuthorizerEvent event, Context context) {
        return Telemetry.during(context, () -> authenticate(event));
    }

    private IamPolicyResponse authenticate(APIGatewayCustomAuthorizerEvent event) {
        try {
            String token = BearerToken.in(event.getAuthorizationToken());
            LOG.debug("Token received");
            Caller caller = tokens.verify(token);
            LOG.debug("Token accepted");
            return answer(caller, AccessPolicy.of(caller, ApiStage.of(event.getMethodArn())));
        } catch (RejectedTokenException e) {
            LOG.info("Token rejected", LogField.REASON.with(e.rejection()));
            IdentityMetrics.TOKENS_REJECTED.emit(1);
            throw new UnauthorizedException();
        }
    }

    private static IamPolicyResponse answer(Caller caller, AccessPolicy policy) {
        List<Statement> statements = Stream.of(
                        statement(IamPolicyResponse.ALLOW, policy.allowed()),
                        statement(IamPolicyResponse.DENY, policy.denied()))
                .filter(statement -> !statement.getResource().isEmpty())
                .toList();
        return IamPolicyResponse.builder()
                .withPrincipalId(caller.customerId())
                .withPolicyDocument(PolicyDocument.builder()
                        .withVersion(IamPolicyResponse.VERSION_2012_10_17)
                        .withStatement(statements)
                        .build())
                .withContext(Map.of("customerId", caller.customerId(), "groups", caller.groupNames()))
                .build();
    }

    private static Statement statement(String effect, List<String> arns) {
        return Statement.builder()
                .withEffect(effect)
                .withAction(IamPolicyResponse.EXECUTE_API_INVOKE)
                .withResource(arns)
                .withCondition(Map.of())
                .build();
    }

    static void report(Exception failure) {
        LOG.warn("Keys not fetched", LogField.error(failure));
        IdentityMetrics.KEY_FETCHES_FAILED.emit(1);
    }
}
