package dev.printshop.identity.aws;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import dev.printshop.identity.domain.Caller;
import dev.printshop.identity.domain.Group;
import dev.printshop.identity.domain.RejectedTokenException;
import dev.printshop.identity.domain.Rejection;
import dev.printshop.identity.domain.TokenVerifier;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the access tokens of a Cognito user pool. The token doesn't choose how: the algorithm is fixed, and the key
 * is one of the user pool's, whatever else the token's header names.
 *
 * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html">
 *     Verifying JSON web tokens</a>
 */
public final class CognitoTokenVerifier implements TokenVerifier {

    /** How much the clocks of Cognito and of the function may differ. */
    static final Duration LEEWAY = Duration.ofSeconds(60);

    private final SigningKeys keys;
    private final String issuer;
    private final String clientId;
    private final InstantSource clock;

    /**
     * Verifies tokens of a user pool for an application.
     *
     * @param issuer the user pool's address, as in its tokens
     * @param clientId the id of the app client; access tokens have no audience
     */
    public CognitoTokenVerifier(SigningKeys keys, String issuer, String clientId, InstantSource clock) {
        this.keys = keys;
        this.issuer = issuer;
        this.clientId = clientId;
        this.clock = clock;
    }

    @Override
    public Caller verify(String token) {
        try {
            SignedJWT jwt = signed(JWTParser.parse(token));
            requireSignature(jwt);
            return caller(jwt.getJWTClaimsSet());
        } catch (ParseException | IllegalArgumentException _) {
            // Not the exception's message: it may have parts of the token.
            throw new RejectedTokenException(Rejection.MALFORMED);
        }
    }

    private static SignedJWT signed(JWT jwt) {
        if (jwt instanceof SignedJWT signed
                && JWSAlgorithm.RS256.equals(signed.getHeader().getAlgorithm())) {
            return signed;
        }
        throw new RejectedTokenException(Rejection.WRONG_ALGORITHM);
    }

    private void requireSignature(SignedJWT jwt) {
        @Nullable String keyId = jwt.getHeader().getKeyID();
        require(keyId != null, Rejection.NO_KEY_ID);
        RSAPublicKey key = keys.find(keyId).orElseThrow(() -> new RejectedTokenException(Rejection.UNKNOWN_KEY));
        try {
            require(jwt.verify(new RSASSAVerifier(key)), Rejection.WRONG_SIGNATURE);
        } catch (JOSEException e) {
            throw new IllegalStateException("The JDK can't verify RS256", e);
        }
    }

    private Caller caller(JWTClaimsSet claims) throws ParseException {
        require(issuer.equals(claims.getIssuer()), Rejection.WRONG_ISSUER);
        require("access".equals(claims.getStringClaim("token_use")), Rejection.NOT_AN_ACCESS_TOKEN);
        require(clientId.equals(claims.getStringClaim("client_id")), Rejection.WRONG_CLIENT);
        requireTime(claims);
        @Nullable String subject = claims.getSubject();
        require(subject != null && !subject.isBlank(), Rejection.NO_SUBJECT);
        return new Caller(
                subject,
                Group.named(Optional.ofNullable(claims.getStringListClaim("cognito:groups"))
                        .orElse(List.of())));
    }

    private void requireTime(JWTClaimsSet claims) {
        Instant now = clock.instant();
        @Nullable Date expires = claims.getExpirationTime();
        require(expires != null && now.isBefore(expires.toInstant().plus(LEEWAY)), Rejection.EXPIRED);
        @Nullable Date issued = claims.getIssueTime();
        require(issued != null && hasBegun(issued, now), Rejection.NOT_YET_VALID);
        @Nullable Date notBefore = claims.getNotBeforeTime();
        require(notBefore == null || hasBegun(notBefore, now), Rejection.NOT_YET_VALID);
    }

    private static boolean hasBegun(Date time, Instant now) {
        return !now.isBefore(time.toInstant().minus(LEEWAY));
    }

    private static void require(boolean condition, Rejection rejection) {
        if (!condition) {
            throw new RejectedTokenException(rejection);
        }
    }
}
