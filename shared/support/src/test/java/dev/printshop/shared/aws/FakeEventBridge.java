package dev.printshop.shared.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/**
 * A bus with EventBridge's validation. It refuses entries and leaves calls without an answer only as a test specifies.
 */
public final class FakeEventBridge implements EventBridgeClient {

    /** The accepted entries, in their order. */
    public final List<PutEventsRequestEntry> taken = new ArrayList<>();

    /** How many entries each call had. */
    public final List<Integer> sizes = new ArrayList<>();

    /** Decides which entries are refused. */
    public Refusals refuses = (_, _) -> false;

    /** The error code of the refused entries. */
    public String errorCode = "ThrottlingException";

    /** Decides which calls, by their number from 1, get no answer. */
    public IntPredicate outOfReach = _ -> false;

    /** Whether an entry is refused, by the number of its call from 1. */
    @FunctionalInterface
    public interface Refusals {
        boolean test(int call, PutEventsRequestEntry entry);
    }

    @Override
    public PutEventsResponse putEvents(PutEventsRequest request) {
        sizes.add(request.entries().size());
        EventBridgeLimits.require(request);
        if (outOfReach.test(sizes.size())) {
            throw SdkClientException.create("Connect timed out");
        }
        List<PutEventsResultEntry> results = new ArrayList<>();
        int refused = 0;
        for (PutEventsRequestEntry entry : request.entries()) {
            if (refuses.test(sizes.size(), entry)) {
                refused++;
                results.add(PutEventsResultEntry.builder()
                        .errorCode(errorCode)
                        .errorMessage("Rate exceeded")
                        .build());
            } else {
                taken.add(entry);
                results.add(PutEventsResultEntry.builder().eventId("id").build());
            }
        }
        return PutEventsResponse.builder()
                .failedEntryCount(refused)
                .entries(results)
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // There is nothing to close.
    }
}
