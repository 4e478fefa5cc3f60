package dev.printshop.identity.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.text.ParseException;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeySetTest {

    private static final RSAKey KEY = TestTokens.key("signs");

    @Test
    void keysOfOtherKinds_areLeftOut() throws Exception {
        // given
        List<JWK> keys = List.of(
                KEY,
                new RSAKey.Builder(KEY)
                        .keyID("encrypts")
                        .keyUse(KeyUse.ENCRYPTION)
                        .build(),
                new RSAKey.Builder(KEY)
                        .keyID("rs512")
                        .algorithm(JWSAlgorithm.RS512)
                        .build(),
                new RSAKey.Builder(KEY).keyID(null).build(),
                new RSAKey.Builder(KEY)
                        .keyID("says-nothing")
                        .keyUse(null)
                        .algorithm(null)
                        .build());

        // when
        KeySet read = KeySet.parse(new JWKSet(keys).toString(true));

        // then
        assertThat(read.keys()).containsOnlyKeys("signs", "says-nothing");
    }

    @Test
    void keySetWithoutAKeyForRs256_isRefused() {
        assertThatThrownBy(() -> KeySet.parse("{\"keys\":[]}"))
                .isInstanceOf(ParseException.class)
                .hasMessageContaining("no key for RS256");
    }
}
