package dev.printshop.identity.aws;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.Objects;
import java.util.Optional;

/**
 * The key of the token that the function is primed with. Its private key was used once, for that token, and is stored
 * nowhere. The token has an issuer that no user pool has.
 */
public final class PrimingKeys implements SigningKeys {

    /** The issuer of the token. */
    public static final String ISSUER = "https://priming.invalid";

    /** The app client of the token. */
    public static final String CLIENT_ID = "priming";

    private static final String RESOURCE = "/dev/printshop/identity/priming/keys.json";

    @Override
    public Optional<RSAPublicKey> find(String keyId) {
        try (InputStream file = Objects.requireNonNull(PrimingKeys.class.getResourceAsStream(RESOURCE))) {
            return Optional.ofNullable(KeySet.parse(new String(file.readAllBytes(), StandardCharsets.UTF_8))
                    .keys()
                    .get(keyId));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParseException e) {
            throw new IllegalStateException("The keys for priming can't be read", e);
        }
    }
}
