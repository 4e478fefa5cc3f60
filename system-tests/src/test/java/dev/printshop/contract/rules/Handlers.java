package dev.printshop.contract.rules;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.printshop.contract.Code;
import dev.printshop.contract.Function;
import dev.printshop.contract.Project;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

/** The input and output types of handlers. */
final class Handlers {

    private Handlers() {}

    /** The input type that a handler's class declares; empty for one that reads a stream of bytes. */
    static Optional<Type> inputType(Function function, Project project) {
        return typeArgument(function, project, 0);
    }

    /** The output type of a handler; empty for one that writes a stream of bytes. */
    static Optional<Type> outputType(Function function, Project project) {
        return typeArgument(function, project, 1);
    }

    private static Optional<Type> typeArgument(Function function, Project project, int index) {
        return project.code().find(function.handler()).flatMap(handler -> {
            List<Type> arguments = Code.typeArguments(handler, RequestHandler.class);
            return arguments.size() > index ? Optional.of(arguments.get(index)) : Optional.empty();
        });
    }
}
