package dev.printshop.orders;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import dev.printshop.events.orders.CustomerId;
import dev.printshop.shared.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Sample events, deserialised as by the runtime. */
final class SampleEvents {

    /** The customer of the samples. */
    static final CustomerId CUSTOMER = new CustomerId("7d1c0f4e-2b6a-4c8e-9f30-5a1b2c3d4e5f");

    private SampleEvents() {}

    /** An event as the runtime passes it, from the repository's {@code events} folder. */
    static <T> T event(String name, Class<T> type) {
        try {
            return LambdaEventSerializers.serializerFor(type, SampleEvents.class.getClassLoader())
                    .fromJson(Files.readString(Path.of("..", "events", name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A request as API Gateway passes it. */
    static APIGatewayProxyRequestEvent request(String name) {
        return event(name, APIGatewayProxyRequestEvent.class);
    }

    /** The request of another customer. */
    static APIGatewayProxyRequestEvent of(CustomerId customer, APIGatewayProxyRequestEvent request) {
        request.getRequestContext().setAuthorizer(Map.of("customerId", customer.value()));
        return request;
    }

    /** The fields of a problem. */
    static List<String> fields(APIGatewayProxyResponseEvent problem) {
        return JsonObject.parse(problem.getBody()).objects("errors").stream()
                .map(error -> error.text("field"))
                .toList();
    }
}
