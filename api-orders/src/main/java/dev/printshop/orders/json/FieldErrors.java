package dev.printshop.orders.json;

import dev.printshop.shared.http.FieldError;
import dev.printshop.shared.http.HttpProblem;
import dev.printshop.shared.http.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects what is wrong with a request, so that one answer names all wrong fields. */
final class FieldErrors {

    private final List<FieldError> errors = new ArrayList<>();

    /**
     * Reads a field.
     *
     * @param field its path
     * @param value throws an {@link IllegalArgumentException} when it is missing or wrong
     * @return the value; empty if it is missing or wrong
     */
    <T> Optional<T> read(String field, Supplier<T> value) {
        try {
            return Optional.of(value.get());
        } catch (IllegalArgumentException e) {
            add(field, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    void add(String field, String detail) {
        errors.add(new FieldError(field, detail));
    }

    /**
     * Ends the request if a field was wrong.
     *
     * @throws HttpProblem 400 with all of them
     */
    void throwIfAny() {
        if (!errors.isEmpty()) {
            throw new HttpProblem(Status.BAD_REQUEST, "Fields of the body are missing or wrong", errors);
        }
    }
}
