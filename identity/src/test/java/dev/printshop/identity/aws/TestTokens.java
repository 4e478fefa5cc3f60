package dev.printshop.identity.aws;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** Makes tokens like those of a Cognito user pool. */
public final class TestTokens {

    public static final String ISSUER = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Printshop";
    public static final String CLIENT_ID = "4k2vshop0example";
    public static final String CUSTOMER = "7d1f0c3e-5b7a-4f7e-9a53-0d6a4c1f2b11";

    private TestTokens() {}

    /** A new pair of keys. */
    public static RSAKey key(String id) {
        try {
            return new RSAKeyGenerator(2048)
                    .keyID(id)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The key set that a user pool with these keys publishes. */
    public static String keySet(RSAKey... keys) {
        return new JWKSet(List.of(keys)).toString(true);
    }

    /** The claims of an access token that was issued at a time and is valid for 15 minutes. */
    public static JWTClaimsSet.Builder claims(Instant issuedAt) {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .subject(CUSTOMER)
                .claim("client_id", CLIENT_ID)
                .claim("token_use", "access")
                .claim("scope", "aws.cognito.signin.user.admin")
                .claim("username", CUSTOMER)
                .issueTime(Date.from(issuedAt))
                .expirationTime(Date.from(issuedAt.plusSeconds(900)));
    }

    public static String signed(RSAKey key, JWTClaimsSet claims) {
        return signed(
                key,
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                claims);
    }

    public static String signed(RSAKey key, JWSHeader header, JWTClaimsSet claims) {
        try {
            SignedJWT jwt = new SignedJWT(header, claims);
            jwt.sign(new RSASSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
