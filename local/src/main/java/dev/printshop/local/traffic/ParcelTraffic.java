package dev.printshop.local.traffic;

import dev.printshop.local.traffic.Journey.GeneratedScan;
import dev.printshop.local.traffic.Journey.Stop;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Generates parcels. The same seed and the same day give the same parcels. */
public final class ParcelTraffic {

    private static final List<String> HUBS =
            List.of("AMS", "BER", "CPH", "FRA", "LHR", "MAD", "MUC", "MXP", "PAR", "VIE", "WAW", "ZRH");
    private static final String ID_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int ID_LENGTH = 22;
    private static final Duration LEG = Duration.ofMinutes(90);
    private static final Duration TIME_AT_HUB = Duration.ofMinutes(30);

    private final Random random;
    private final Instant endOfDay;

    /**
     * Traffic of the 24 hours before a time.
     *
     * @param endOfDay the latest time of a scan
     */
    public ParcelTraffic(long seed, Instant endOfDay) {
        this.random = new Random(seed);
        this.endOfDay = endOfDay.truncatedTo(ChronoUnit.MINUTES);
    }

    /** Parcels with the given fates, in their order, each with a route of the given number of stops, 2 to 10. */
    public List<Journey> journeys(List<Fate> fates, int stops) {
        return fates.stream().map(fate -> journey(fate, stops)).toList();
    }

    private Journey journey(Fate fate, int stops) {
        String parcelId = id();
        // With any fate, the parcel's last scan is before the end of the day.
        Duration latest = LEG.multipliedBy(stops + 1L).plusHours(4);
        Instant start = fate == Fate.UNDER_WAY
                ? endOfDay.minus(LEG.multipliedBy(stops - 1L)).plusSeconds(random.nextInt(1_800, 3_600))
                : endOfDay.minus(latest).minusSeconds(random.nextInt(3_600));
        start = start.truncatedTo(ChronoUnit.MINUTES);
        List<Stop> route = route(stops, start);
        Instant promisedAt = route.getLast().plannedAt().plus(LEG);
        return new Journey(parcelId, fate, route, promisedAt, scans(parcelId, fate, route, promisedAt));
    }

    private List<Stop> route(int stops, Instant start) {
        List<String> hubs = new ArrayList<>(HUBS);
        Collections.shuffle(hubs, random);
        return IntStream.range(0, stops)
                .mapToObj(stop -> new Stop(hubs.get(stop), start.plus(LEG.multipliedBy(stop))))
                .toList();
    }

    private List<GeneratedScan> scans(String parcelId, Fate fate, List<Stop> route, Instant promisedAt) {
        List<GeneratedScan> scans = new ArrayList<>();
        int scanned = fate == Fate.SILENT ? 2 : route.size();
        for (int stop = 0; stop < scanned; stop++) {
            String hub = route.get(stop).hubCode();
            Instant arrival = route.get(stop)
                    .plannedAt()
                    .plus(stop < 2 ? Duration.ZERO : delay(fate))
                    .plusSeconds(random.nextInt(900));
            boolean hot = fate == Fate.OVERHEATED && stop == 1;
            scans.add(scan(parcelId, scans.size(), hub, "RECEIVED", arrival, hot));
            boolean last = stop == route.size() - 1;
            scans.add(scan(
                    parcelId,
                    scans.size(),
                    hub,
                    last ? "OUT_FOR_DELIVERY" : "DEPARTED",
                    arrival.plus(TIME_AT_HUB),
                    false));
        }
        if (fate != Fate.SILENT) {
            Instant delivery = promisedAt.plus(delay(fate)).minusSeconds(random.nextInt(900));
            scans.add(scan(parcelId, scans.size(), route.getLast().hubCode(), "DELIVERED", delivery, false));
        }
        scans.removeIf(scan -> scan.scannedAt().isAfter(endOfDay));
        return scans;
    }

    private static Duration delay(Fate fate) {
        return switch (fate) {
            case LATE -> Duration.ofMinutes(45);
            case VERY_LATE -> Duration.ofHours(3);
            case PUNCTUAL, UNDER_WAY, OVERHEATED, SILENT -> Duration.ZERO;
        };
    }

    private GeneratedScan scan(String parcelId, int number, String hub, String kind, Instant at, boolean hot) {
        double temperature = hot ? 38 : 15 + random.nextInt(80) / 10.0;
        return new GeneratedScan("scan-%02d".formatted(number + 1), parcelId, hub, kind, at, temperature);
    }

    private String id() {
        StringBuilder id = new StringBuilder(ID_LENGTH);
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(ID_CHARACTERS.charAt(random.nextInt(ID_CHARACTERS.length())));
        }
        return id.toString();
    }
}
