package dev.printshop.identity.aws;

import static dev.printshop.identity.aws.TestTokens.CLIENT_ID;
import static dev.printshop.identity.aws.TestTokens.CUSTOMER;
import static dev.printshop.identity.aws.TestTokens.ISSUER;
import static dev.printshop.identity.aws.TestTokens.claims;
import static dev.printshop.identity.aws.TestTokens.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.printshop.identity.domain.Caller;
import dev.printshop.identity.domain.Group;
import dev.printshop.identity.domain.KeysUnavailableException;
import dev.printshop.identity.domain.RejectedTokenException;
import dev.printshop.identity.domain.Rejection;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CognitoTokenVerifierTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:15:30Z");
    private static final RSAKey KEY = TestTokens.key("current");
    private static final RSAKey OTHER_KEY_OF_THE_SAME_ID = TestTokens.key("current");
    private static final RSAPublicKey PUBLIC_KEY = publicKey();

    private final CognitoTokenVerifier verifier = new CognitoTokenVerifier(
            id -> Optional.of(PUBLIC_KEY).filter(_ -> id.equals("current")), ISSUER, CLIENT_ID, () -> NOW);

    @Test
    void accessToken_namesTheCaller() {
        assertThat(verifier.verify(signed(KEY, claims(NOW).build()))).isEqualTo(new Caller(CUSTOMER, Set.of()));
    }

    @Test
    void groups_areThoseThatAnyRouteNeeds() {
        String token = signed(
                KEY,
                claims(NOW)
                        .claim("cognito:groups", List.of("support", "marketing", "x,approvers"))
                        .build());

        assertThat(verifier.verify(token).groups()).containsExactly(Group.SUPPORT);
    }

    @ParameterizedTest
    @ValueSource(longs = {-959, 0, 60})
    void time_isComparedWithALeewayOfAMinute(long issuedAfterNow) {
        String token = signed(KEY, claims(NOW.plusSeconds(issuedAfterNow)).build());

        assertThat(verifier.verify(token).customerId()).isEqualTo(CUSTOMER);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"badSignatures", "badForms", "badClaims"})
    void badToken_isRejected(String what, String token, Rejection expected) {
        assertThatThrownBy(() -> verifier.verify(token))
                .isInstanceOfSatisfying(
                        RejectedTokenException.class,
                        rejected -> assertThat(rejected.rejection()).as(what).isEqualTo(expected));
    }

    static Stream<Arguments> badSignatures() throws JOSEException {
        String good = signed(KEY, claims(NOW).build());
        String[] parts = good.split("\\.");
        JWSHeader withoutKey = new JWSHeader.Builder(JWSAlgorithm.RS256).build();
        return Stream.of(
                Arguments.of("not signed", new PlainJWT(claims(NOW).build()).serialize(), Rejection.WRONG_ALGORITHM),
                Arguments.of(
                        "alg none with the signature of another",
                        withHeader("{\"alg\":\"none\",\"kid\":\"current\"}", parts),
                        Rejection.MALFORMED),
                Arguments.of("HS256 with the public key as its secret", hmac(), Rejection.WRONG_ALGORITHM),
                Arguments.of("RS512", signedBy(JWSAlgorithm.RS512), Rejection.WRONG_ALGORITHM),
                Arguments.of("PS256", signedBy(JWSAlgorithm.PS256), Rejection.WRONG_ALGORITHM),
                Arguments.of(
                        "unknown key",
                        signed(TestTokens.key("unknown"), claims(NOW).build()),
                        Rejection.UNKNOWN_KEY),
                Arguments.of("no key id", signed(KEY, withoutKey, claims(NOW).build()), Rejection.NO_KEY_ID),
                Arguments.of(
                        "another key of the same id",
                        signed(OTHER_KEY_OF_THE_SAME_ID, claims(NOW).build()),
                        Rejection.WRONG_SIGNATURE),
                Arguments.of(
                        "its own key in the header",
                        signed(
                                OTHER_KEY_OF_THE_SAME_ID,
                                new JWSHeader.Builder(JWSAlgorithm.RS256)
                                        .keyID("current")
                                        .jwk(OTHER_KEY_OF_THE_SAME_ID.toPublicJWK())
                                        .build(),
                                claims(NOW).build()),
                        Rejection.WRONG_SIGNATURE),
                Arguments.of(
                        "a critical header that is not understood",
                        signed(
                                KEY,
                                new JWSHeader.Builder(JWSAlgorithm.RS256)
                                        .keyID("current")
                                        .criticalParams(Set.of("printshop"))
                                        .customParam("printshop", true)
                                        .build(),
                                claims(NOW).build()),
                        Rejection.WRONG_SIGNATURE),
                Arguments.of(
                        "changed content",
                        parts[0] + "."
                                + encoded(claims(NOW).subject("other").build().toString()) + "." + parts[2],
                        Rejection.WRONG_SIGNATURE));
    }

    static Stream<Arguments> badForms() {
        String good = signed(KEY, claims(NOW).build());
        String[] parts = good.split("\\.");
        return Stream.of(
                Arguments.of("cut signature", good.substring(0, good.length() - 20), Rejection.WRONG_SIGNATURE),
                Arguments.of(
                        "cut content",
                        parts[0] + "." + parts[1].substring(10) + "." + parts[2],
                        Rejection.WRONG_SIGNATURE),
                Arguments.of("no signature", parts[0] + "." + parts[1] + ".", Rejection.MALFORMED),
                Arguments.of("two parts", parts[0] + "." + parts[1], Rejection.MALFORMED),
                Arguments.of("empty", "", Rejection.MALFORMED),
                Arguments.of("only dots", "..", Rejection.MALFORMED),
                Arguments.of("two dots of junk", "junk.junk.junk", Rejection.MALFORMED),
                Arguments.of(
                        "deeply nested header",
                        withHeader("{\"alg\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}", parts),
                        Rejection.MALFORMED));
    }

    static Stream<Arguments> badClaims() {
        return Stream.of(
                changed("expired", claims(NOW.minusSeconds(960)), Rejection.EXPIRED),
                changed("without an end", claims(NOW).expirationTime(null), Rejection.EXPIRED),
                changed("issued later", claims(NOW.plusSeconds(61)), Rejection.NOT_YET_VALID),
                changed("without a time of issue", claims(NOW).issueTime(null), Rejection.NOT_YET_VALID),
                changed(
                        "not yet valid",
                        claims(NOW).notBeforeTime(Date.from(NOW.plusSeconds(61))),
                        Rejection.NOT_YET_VALID),
                changed("ID token", idToken(), Rejection.NOT_AN_ACCESS_TOKEN),
                changed("without a use", claims(NOW).claim("token_use", null), Rejection.NOT_AN_ACCESS_TOKEN),
                changed("use that is no text", claims(NOW).claim("token_use", List.of("access")), Rejection.MALFORMED),
                changed("another user pool", claims(NOW).issuer(ISSUER + "2"), Rejection.WRONG_ISSUER),
                changed("without an issuer", claims(NOW).issuer(null), Rejection.WRONG_ISSUER),
                changed("another app client", claims(NOW).claim("client_id", "other"), Rejection.WRONG_CLIENT),
                changed("without an app client", claims(NOW).claim("client_id", null), Rejection.WRONG_CLIENT),
                changed("without a user", claims(NOW).subject(null), Rejection.NO_SUBJECT),
                changed("groups that are no list", claims(NOW).claim("cognito:groups", Map.of()), Rejection.MALFORMED));
    }

    @Test
    void changedBytes_neverHaveAnotherResultThanARejection() {
        Random random = new Random(7);
        byte[] good = signed(KEY, claims(NOW).build()).getBytes(StandardCharsets.US_ASCII);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
        // The last character has bits that no byte of the signature contains.
        int changeable = good.length - 1;
        for (int run = 0; run < 500; run++) {
            byte[] changed = good.clone();
            int at = random.nextInt(changeable);
            do {
                changed[at] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
            } while (changed[at] == good[at]);
            String token = new String(changed, StandardCharsets.US_ASCII);

            assertThat(catchThrowable(() -> verifier.verify(token)))
                    .as(token)
                    .isInstanceOf(RejectedTokenException.class);
        }
    }

    @Test
    void unavailableKeys_areNoRejection() {
        CognitoTokenVerifier withoutKeys = new CognitoTokenVerifier(
                _ -> {
                    throw new KeysUnavailableException();
                },
                ISSUER,
                CLIENT_ID,
                () -> NOW);

        assertThatThrownBy(() -> withoutKeys.verify(signed(KEY, claims(NOW).build())))
                .isInstanceOf(KeysUnavailableException.class);
    }

    private static JWTClaimsSet.Builder idToken() {
        return claims(NOW).claim("token_use", "id").claim("client_id", null).audience(CLIENT_ID);
    }

    private static Arguments changed(String what, JWTClaimsSet.Builder claims, Rejection expected) {
        return Arguments.of(what, signed(KEY, claims.build()), expected);
    }

    private static String signedBy(JWSAlgorithm algorithm) {
        return signed(
                KEY,
                new JWSHeader.Builder(algorithm).keyID("current").build(),
                claims(NOW).build());
    }

    private static String hmac() throws JOSEException {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("current").build(),
                claims(NOW).build());
        jwt.sign(new MACSigner(PUBLIC_KEY.getEncoded()));
        return jwt.serialize();
    }

    private static String withHeader(String header, String[] parts) {
        return encoded(header) + "." + parts[1] + "." + parts[2];
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static RSAPublicKey publicKey() {
        try {
            return KEY.toRSAPublicKey();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
