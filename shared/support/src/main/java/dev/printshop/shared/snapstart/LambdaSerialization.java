package dev.printshop.shared.snapstart;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Lambda's own serialisation of a handler's events and answers. Its classes are those of Lambda's runtime, whose class
 * loader is the parent of the function's; they are not in the function's package.
 *
 * @see <a href="https://github.com/aws/aws-lambda-java-libs/tree/main/aws-lambda-java-serialization">The library</a>
 */
final class LambdaSerialization {

    private final PojoSerializer<Object> events;
    private final PojoSerializer<Object> answers;

    /**
     * Finds the serialisers, as the runtime does for a function's first event.
     *
     * @throws LinkageError when the runtime doesn't have these classes
     */
    LambdaSerialization(Class<?> handler) {
        ParameterizedType types = Arrays.stream(handler.getGenericInterfaces())
                .filter(ParameterizedType.class::isInstance)
                .map(ParameterizedType.class::cast)
                .filter(type -> type.getRawType() == RequestHandler.class)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(handler + " doesn't implement RequestHandler itself"));
        events = serializer(types.getActualTypeArguments()[0], handler.getClassLoader());
        answers = serializer(types.getActualTypeArguments()[1], handler.getClassLoader());
    }

    @SuppressWarnings("unchecked") // the runtime has only this type of serialisers
    private static PojoSerializer<Object> serializer(Type type, ClassLoader loader) {
        if (type instanceof Class<?> named && LambdaEventSerializers.isLambdaSupportedEvent(named.getName())) {
            return (PojoSerializer<Object>) LambdaEventSerializers.serializerFor(named, loader);
        }
        return JacksonFactory.getInstance().getSerializer(type);
    }

    Object read(String event) {
        return events.fromJson(event);
    }

    String write(Object answer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        answers.toJson(answer, bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
