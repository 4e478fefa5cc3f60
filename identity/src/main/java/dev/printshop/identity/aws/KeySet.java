package dev.printshop.identity.aws;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.KeyUse;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;

/**
 * The keys of a key set (RFC 7517) by which signatures of RS256 are verified.
 *
 * @param keys the public keys by their ids
 */
record KeySet(Map<String, RSAPublicKey> keys) {

    private static final JWKSelector FOR_RS256 = new JWKSelector(new JWKMatcher.Builder()
            .keyType(KeyType.RSA)
            .keyUses(KeyUse.SIGNATURE, null)
            .algorithms(JWSAlgorithm.RS256, null)
            .withKeyIDOnly(true)
            .build());

    KeySet {
        keys = Map.copyOf(keys);
    }

    /**
     * Reads a key set. Keys of other kinds are left out.
     *
     * @throws ParseException when it can't be read, or has no key for RS256
     */
    static KeySet parse(String json) throws ParseException {
        Map<String, RSAPublicKey> keys = new HashMap<>();
        try {
            for (var key : FOR_RS256.select(JWKSet.parse(json))) {
                keys.put(key.getKeyID(), key.toRSAKey().toRSAPublicKey());
            }
        } catch (JOSEException e) {
            throw new ParseException("A key can't be read: " + e.getMessage(), 0);
        }
        if (keys.isEmpty()) {
            throw new ParseException("The key set has no key for RS256", 0);
        }
        return new KeySet(keys);
    }
}
