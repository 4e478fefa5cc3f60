package dev.printshop.identity.domain;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A stage of an API.
 *
 * @param arn the beginning of the ARNs of its methods: {@code
 *     arn:aws:execute-api:eu-central-1:111122223333:a1b2c3d4e5/v1}
 */
public record ApiStage(String arn) {

    private static final Pattern METHOD_ARN =
            Pattern.compile("(arn:[\\w-]+:execute-api:[\\w-]+:\\w+:\\w+/[\\w-]+)/[A-Z]+/.*");

    private static final Pattern PATH_PARAMETER = Pattern.compile("\\{[^}]+}");

    /**
     * The stage that has a method.
     *
     * @param methodArn the ARN of the called method, with the path of the call
     * @throws IllegalArgumentException when it has another form
     */
    public static ApiStage of(String methodArn) {
        Matcher parts = METHOD_ARN.matcher(methodArn);
        if (!parts.matches()) {
            throw new IllegalArgumentException("The ARN of the method has an unknown form");
        }
        return new ApiStage(parts.group(1));
    }

    /** The ARN of a route, with a wildcard for each of the path's parameters. */
    String arnOf(Route route) {
        return arn + "/" + route.method() + PATH_PARAMETER.matcher(route.path()).replaceAll("*");
    }
}
