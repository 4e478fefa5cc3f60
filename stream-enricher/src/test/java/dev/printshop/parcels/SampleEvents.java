package dev.printshop.parcels;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The sample events, read as the runtime reads events. */
final class SampleEvents {

    private SampleEvents() {}

    /** A request as API Gateway hands it on, from the repository's {@code events} folder. */
    static APIGatewayProxyRequestEvent request(String name) {
        try {
            return LambdaEventSerializers.serializerFor(
                            APIGatewayProxyRequestEvent.class, SampleEvents.class.getClassLoader())
                    .fromJson(Files.readString(Path.of("..", "events", name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
