package dev.printshop.shared.aws;

/** The bus refused an event, mostly because it throttles; worth another try. */
public final class EventNotPublishedException extends RuntimeException {

    public EventNotPublishedException(String message) {
        super(message);
    }
}
