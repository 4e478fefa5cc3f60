package dev.printshop.events.photos.aws;

/** The bus refused an event, usually because of throttling; a retry may succeed. */
public final class EventNotPublishedException extends RuntimeException {

    public EventNotPublishedException(String message) {
        super(message);
    }
}
