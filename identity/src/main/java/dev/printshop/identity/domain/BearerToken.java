package dev.printshop.identity.domain;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The token in the header Authorization, as in RFC 6750. */
public final class BearerToken {

    /**
     * The longest header that is read, in characters. Cognito's access tokens have about 1,000; anything longer is
     * rejected before it is parsed.
     */
    public static final int MAX_LENGTH = 8 * 1024;

    /** The name of a scheme may be in any case: RFC 9110, section 11.1. */
    private static final Pattern BEARER = Pattern.compile("(?i:Bearer) +([A-Za-z0-9._~+/-]+=*)");

    private BearerToken() {}

    /**
     * The token.
     *
     * @param authorization the header's value
     * @throws RejectedTokenException when the value is too long, or isn't a bearer token
     */
    public static String in(@Nullable String authorization) {
        if (authorization == null) {
            throw new RejectedTokenException(Rejection.NOT_BEARER);
        }
        if (authorization.length() > MAX_LENGTH) {
            throw new RejectedTokenException(Rejection.TOO_LONG);
        }
        Matcher bearer = BEARER.matcher(authorization);
        if (!bearer.matches()) {
            throw new RejectedTokenException(Rejection.NOT_BEARER);
        }
        return bearer.group(1);
    }
}
