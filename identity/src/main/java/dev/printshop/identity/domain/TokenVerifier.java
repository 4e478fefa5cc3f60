package dev.printshop.identity.domain;

/** Finds out who calls, from the token that the caller sends. */
public interface TokenVerifier {

    /**
     * The caller that a token was issued to.
     *
     * @param token no longer than {@link BearerToken#MAX_LENGTH}
     * @throws RejectedTokenException when the token doesn't prove it
     * @throws KeysUnavailableException when no token can be verified
     */
    Caller verify(String token);
}
