package dev.printshop.parcels;

import dev.printshop.events.parcels.ParcelId;
import dev.printshop.parcels.domain.Condition;
import dev.printshop.parcels.domain.Examples;
import dev.printshop.parcels.domain.Parcel;
import dev.printshop.parcels.domain.Parcels;
import dev.printshop.parcels.domain.Scan;
import dev.printshop.parcels.domain.ScanKind;
import dev.printshop.parcels.json.ScanJson;
import dev.printshop.shared.json.JsonObject;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Ten thousand scans of two thousand parcels on the route of {@link Examples}, five of each. Every twentieth parcel
 * comes to Frankfurt three quarters of an hour late, every fiftieth is too warm when it is received.
 */
final class BenchmarkScans {

    static final int SCANS = 10_000;

    private static final List<ParcelId> PARCELS = IntStream.range(0, 2_000)
            .mapToObj(number -> new ParcelId("benchmark-parcel-%05d".formatted(number)))
            .toList();

    /** A scan of a parcel, at a number of minutes after noon. */
    private record Step(String hub, ScanKind kind, long minutes) {}

    private static final List<Step> STEPS = List.of(
            new Step("MAD", ScanKind.RECEIVED, 0),
            new Step("MAD", ScanKind.DEPARTED, 90),
            new Step("FRA", ScanKind.RECEIVED, 6 * 60),
            new Step("CPH", ScanKind.RECEIVED, 10 * 60),
            new Step("CPH", ScanKind.DELIVERED, 20 * 60));

    private BenchmarkScans() {}

    /** The order in normal operation: two thousand parcels are scanned before the second scan of the first. */
    static List<Scan> inOrderOfTime() {
        return STEPS.stream()
                .flatMap(step -> IntStream.range(0, PARCELS.size()).mapToObj(parcel -> scan(parcel, step)))
                .toList();
    }

    /** The order after a backlog: all five scans of a parcel together. */
    static List<Scan> parcelByParcel() {
        return IntStream.range(0, PARCELS.size())
                .boxed()
                .flatMap(parcel -> STEPS.stream().map(step -> scan(parcel, step)))
                .toList();
    }

    private static Scan scan(int parcel, Step step) {
        boolean late = parcel % 20 == 0 && step.hub().equals("FRA");
        boolean warm = parcel % 50 == 0 && step.minutes() == 0;
        return new Scan(
                "scan-%s-%s".formatted(step.hub(), step.kind()),
                PARCELS.get(parcel),
                Examples.hub(step.hub()),
                step.kind(),
                Examples.NOON.plus(Duration.ofMinutes(step.minutes() + parcel % 15 + (late ? 45 : 0))),
                new Condition(OptionalDouble.of(warm ? 38 : 20.5), OptionalDouble.of(0.5), OptionalDouble.of(45)));
    }

    /** Registers the plans of all parcels. */
    static void register(Parcels parcels) {
        PARCELS.forEach(id -> parcels.write(Parcel.unknown(id).with(Examples.plan(), List.of())));
    }

    /** Lambda events with these scans in batches of a size, as UTF-8 encoded JSON. */
    static List<byte[]> events(List<Scan> scans, int batchSize) {
        List<byte[]> events = new ArrayList<>();
        for (int from = 0; from < scans.size(); from += batchSize) {
            List<Map<String, Object>> records = IntStream.range(from, Math.min(from + batchSize, scans.size()))
                    .mapToObj(number -> record(number, scans.get(number)))
                    .toList();
            events.add(JsonObject.write(Map.of("Records", records)).getBytes(StandardCharsets.UTF_8));
        }
        return events;
    }

    private static Map<String, Object> record(int number, Scan scan) {
        // As long as the stream's own.
        String sequenceNumber = "49590338271490256608559692538361571095921575989%09d".formatted(number);
        byte[] data = JsonObject.write(ScanJson.write(scan)).getBytes(StandardCharsets.UTF_8);
        return Map.of(
                "kinesis",
                Map.of(
                        "kinesisSchemaVersion",
                        "1.0",
                        "partitionKey",
                        scan.parcel().value(),
                        "sequenceNumber",
                        sequenceNumber,
                        "data",
                        Base64.getEncoder().encodeToString(data),
                        "approximateArrivalTimestamp",
                        BigDecimal.valueOf(scan.scannedAt().plusSeconds(1).toEpochMilli(), 3)),
                "eventSource",
                "aws:kinesis",
                "eventVersion",
                "1.0",
                "eventID",
                "shardId-000000000000:" + sequenceNumber,
                "eventName",
                "aws:kinesis:record",
                "invokeIdentityArn",
                "arn:aws:iam::000000000000:role/enrich-scans",
                "awsRegion",
                "us-east-1",
                "eventSourceARN",
                "arn:aws:kinesis:us-east-1:000000000000:stream/printshop-local-scans");
    }
}
