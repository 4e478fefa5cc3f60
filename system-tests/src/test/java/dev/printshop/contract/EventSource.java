package dev.printshop.contract;

/**
 * A trigger of a function.
 *
 * @param name the event's name in the function, or the logical id of the resource that calls it
 * @param type SAM's event type, for example {@code Kinesis}, or the type of the resource that calls it
 * @param properties of the event or the resource
 */
public record EventSource(String name, String type, Value properties) {}
