package dev.printshop.orders;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import dev.printshop.events.orders.CustomerId;
import java.util.Map;
import java.util.Optional;

/** The customer who sends a request, as the API's authorizer has verified it. */
final class Caller {

    private Caller() {}

    /**
     * The customer.
     *
     * @throws IllegalStateException when the API has no authorizer for the endpoint
     */
    static CustomerId of(APIGatewayProxyRequestEvent request) {
        return Optional.ofNullable(request.getRequestContext())
                .map(APIGatewayProxyRequestEvent.ProxyRequestContext::getAuthorizer)
                .map((Map<String, Object> context) -> context.get("customerId"))
                .map(customer -> new CustomerId(customer.toString()))
                .orElseThrow(() -> new IllegalStateException(
                        "The request has no customerId of the authorizer; template.yaml must have it"));
    }
}
