package dev.printshop.orders.domain;

import java.util.List;

/** The outcome of a request for an order. */
public sealed interface Placement {

    /** The order is stored. */
    record Placed(Order order, RecordedAnswer answer) implements Placement {}

    /** The request was done before; this is its answer. */
    record Replayed(RecordedAnswer answer) implements Placement {}

    /** Another request was done with the same key. */
    record KeyReused() implements Placement {}

    /** Nothing was stored: the request asks for what isn't there. The key is not used. */
    record Refused(List<Refusal> refusals) implements Placement {

        public Refused {
            refusals = List.copyOf(refusals);
        }
    }

    /** Nothing was stored in several attempts, because of requests with the same key at the same time. */
    record Conflict() implements Placement {}
}
