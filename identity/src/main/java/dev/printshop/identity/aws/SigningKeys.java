package dev.printshop.identity.aws;

import dev.printshop.identity.domain.KeysUnavailableException;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;

/** The public keys of a user pool, which signs its tokens with the private ones. */
@FunctionalInterface
public interface SigningKeys {

    /**
     * The key of an id, if the user pool has it.
     *
     * @throws KeysUnavailableException when no keys are known
     */
    Optional<RSAPublicKey> find(String keyId);
}
