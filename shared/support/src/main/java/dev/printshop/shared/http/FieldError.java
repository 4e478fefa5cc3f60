package dev.printshop.shared.http;

/**
 * What is wrong with one field of a request.
 *
 * @param field the path of the field, for example {@code items[0].quantity}, or the name of a header
 * @param detail the expected and the actual value; not the value itself where it may be private
 */
public record FieldError(String field, String detail) {}
