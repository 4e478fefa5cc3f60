package dev.printshop.identity;

/**
 * API Gateway answers 401 when an authorizer fails with exactly this message, and 500 with any other.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html">
 *     Lambda authorizers</a>
 */
final class UnauthorizedException extends RuntimeException {

    UnauthorizedException() {
        super("Unauthorized", null, false, false);
    }
}
