package dev.printshop.identity.domain;

/** Why a token is rejected. The log has it, the caller is never told. */
public enum Rejection {
    /** There is no {@code Bearer} token. */
    NOT_BEARER,
    /** It exceeds {@link BearerToken#MAX_LENGTH}. */
    TOO_LONG,
    /** It is no JSON Web Token. */
    MALFORMED,
    /** It isn't signed, or not by RS256. */
    WRONG_ALGORITHM,
    /** It doesn't name its key. */
    NO_KEY_ID,
    /** The user pool has no such key. */
    UNKNOWN_KEY,
    /** The signature is not that of the key and the content. */
    WRONG_SIGNATURE,
    /** Another user pool has issued it. */
    WRONG_ISSUER,
    /** It was issued to another application. */
    WRONG_CLIENT,
    /** It is an ID token, for example, and not an access token. */
    NOT_AN_ACCESS_TOKEN,
    /** Its time has ended, or it has none. */
    EXPIRED,
    /** Its time has not begun, or it has none. */
    NOT_YET_VALID,
    /** It doesn't name the user. */
    NO_SUBJECT
}
