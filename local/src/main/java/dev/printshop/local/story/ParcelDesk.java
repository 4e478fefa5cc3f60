package dev.printshop.local.story;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.printshop.local.Deployment;
import dev.printshop.local.LocalCloudException;
import dev.printshop.local.ScannerKeys;
import dev.printshop.local.Stack;
import dev.printshop.local.traffic.Journey;
import dev.printshop.local.traffic.Journey.GeneratedScan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/** The external interfaces for parcels: those of the order system, scanners and customers, by events and by HTTP. */
public final class ParcelDesk {

    private static final int EVENTS_PER_CALL = 10;

    private final Stack stack;
    private final EventBridgeClient eventBridge;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ScannerKeys scannerKeys;
    private final Map<String, String> keysByHub = new HashMap<>();

    public ParcelDesk(Stack stack) {
        this.stack = stack;
        this.eventBridge = stack.client(EventBridgeClient.builder());
        this.scannerKeys = new ScannerKeys(stack.client(ApiGatewayClient.builder()), Deployment.STACK_NAME);
    }

    /** Publishes plans as the order system. */
    public void dispatch(Collection<Journey> journeys) {
        List<PutEventsRequestEntry> entries = journeys.stream()
                .map(journey -> PutEventsRequestEntry.builder()
                        .eventBusName(stack.eventBusName())
                        .source("printshop.orders")
                        .detailType("ParcelDispatched")
                        .detail(json(journey.dispatched()))
                        .build())
                .toList();
        for (int from = 0; from < entries.size(); from += EVENTS_PER_CALL) {
            List<PutEventsRequestEntry> some = entries.subList(from, Math.min(from + EVENTS_PER_CALL, entries.size()));
            if (eventBridge.putEvents(put -> put.entries(some)).failedEntryCount() > 0) {
                throw new LocalCloudException("The bus did not accept all of the parcels' plans");
            }
        }
    }

    /**
     * Sends at most 100 scans as a scanner of a hub, with a key of this hub.
     *
     * @return the result of each, in their order: {@code scanId}, {@code status} and, if it was not accepted, {@code
     *     reason}
     */
    public List<Map<String, Object>> scan(String hubCode, List<Map<String, Object>> scans) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(stack.apiUrl() + "/scans"))
                .header("Content-Type", "application/json")
                .header("x-api-key", key(hubCode))
                .timeout(Duration.ofSeconds(60))
                .POST(BodyPublishers.ofString(json(Map.of("scans", scans))))
                .build();
        HttpResponse<String> answer = send(request);
        if (answer.statusCode() != 200) {
            throw new LocalCloudException("POST /scans answered %d: %s".formatted(answer.statusCode(), answer.body()));
        }
        List<Map<String, Object>> results = new ArrayList<>();
        if (object(answer.body()).get("results") instanceof List<?> list) {
            list.forEach(result -> results.add(asObject(result)));
        }
        return results;
    }

    private String key(String hubCode) {
        return keysByHub.computeIfAbsent(
                hubCode, code -> scannerKeys.create(code).value());
    }

    /** The scans in the form of a scanner's request. */
    public static List<Map<String, Object>> json(Collection<GeneratedScan> scans) {
        return scans.stream().map(GeneratedScan::json).toList();
    }

    /** Tracks a parcel as a customer; empty when it is unknown. */
    public Optional<Map<String, Object>> track(String parcelId) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(stack.apiUrl() + "/parcels/" + parcelId))
                .timeout(Duration.ofSeconds(60))
                .build());
        return switch (answer.statusCode()) {
            case 200 -> Optional.of(object(answer.body()));
            case 404 -> Optional.empty();
            default ->
                throw new LocalCloudException(
                        "GET /parcels/%s answered %d: %s".formatted(parcelId, answer.statusCode(), answer.body()));
        };
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new LocalCloudException("%s did not answer: %s".formatted(request.uri(), e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalCloudException("Interrupted while waiting for " + request.uri(), e);
        }
    }

    static String json(Map<String, Object> fields) {
        try {
            return JSON.std.asString(fields);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A JSON object in several lines. */
    public static String pretty(Map<String, Object> fields) {
        try {
            return JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(fields);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, Object> object(String text) {
        try {
            return JSON.std.mapFrom(text);
        } catch (IOException e) {
            throw new LocalCloudException("The answer is no JSON object: " + text, e);
        }
    }

    @SuppressWarnings("unchecked") // a JSON object has text keys
    private static Map<String, Object> asObject(Object json) {
        return (Map<String, Object>) json;
    }
}
