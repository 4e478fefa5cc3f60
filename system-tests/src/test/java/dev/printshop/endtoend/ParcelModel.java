package dev.printshop.endtoend;

import dev.printshop.local.traffic.Journey;
import dev.printshop.local.traffic.Journey.GeneratedScan;
import dev.printshop.local.traffic.Journey.Stop;
import dev.printshop.parcels.domain.Hub;
import dev.printshop.parcels.domain.Hubs;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The expected final state of a parcel, calculated from its plan and all of its scans in another way than in the
 * application: by processing the scans in the order of time, and, for the share of the route, by the spherical law of
 * cosines.
 */
record ParcelModel(
        String status,
        int progressPercent,
        long delayMinutes,
        Instant projectedArrival,
        List<String> history,
        Set<String> announcements) {

    private static final Map<Long, String> LEVELS =
            new LinkedHashMap<>(Map.of(30L, "DELAYED#PT30M", 120L, "DELAYED#PT2H", 1440L, "DELAYED#PT24H"));

    static ParcelModel of(Journey journey) {
        List<GeneratedScan> scans = journey.scans().stream()
                .sorted(Comparator.comparing(GeneratedScan::scannedAt).thenComparing(GeneratedScan::scanId))
                .toList();
        Map<String, Stop> stops = new LinkedHashMap<>();
        journey.route().forEach(stop -> stops.put(stop.hubCode(), stop));
        Set<String> announcements = new HashSet<>();
        Duration delay = Duration.ZERO;
        Instant deliveredAt = Instant.MAX;
        String position = "";
        for (GeneratedScan scan : scans) {
            position = scan.hubCode();
            if (scan.kind().equals("RECEIVED")) {
                delay = lateness(stops.get(scan.hubCode()).plannedAt(), scan);
            }
            if (scan.kind().equals("DELIVERED")) {
                delay = lateness(journey.promisedAt(), scan);
                deliveredAt = scan.scannedAt();
                announcements.add("DELIVERED");
            }
            long minutes = delay.toMinutes();
            LEVELS.forEach((level, key) -> {
                if (minutes >= level) {
                    announcements.add(key);
                }
            });
            if (scan.temperatureCelsius() > Journey.MAX_TEMPERATURE) {
                announcements.add("BREACHED#TOO_WARM");
            }
        }
        boolean delivered = !deliveredAt.equals(Instant.MAX);
        return new ParcelModel(
                switch (scans.getLast().kind()) {
                    case "RECEIVED" -> "AT_HUB";
                    case "DEPARTED" -> "IN_TRANSIT";
                    default -> scans.getLast().kind();
                },
                delivered ? 100 : (int) Math.floor(100 * shareBefore(position, journey.route())),
                delay.toMinutes(),
                delivered ? deliveredAt : journey.promisedAt().plus(delay),
                scans.stream().map(GeneratedScan::scanId).toList(),
                announcements);
    }

    private static Duration lateness(Instant planned, GeneratedScan scan) {
        return scan.scannedAt().isAfter(planned) ? Duration.between(planned, scan.scannedAt()) : Duration.ZERO;
    }

    private static double shareBefore(String hub, List<Stop> route) {
        double travelled = 0;
        double total = 0;
        boolean reached = route.getFirst().hubCode().equals(hub);
        for (int leg = 1; leg < route.size(); leg++) {
            double km =
                    cosineDistance(route.get(leg - 1).hubCode(), route.get(leg).hubCode());
            total += km;
            travelled += reached ? 0 : km;
            reached |= route.get(leg).hubCode().equals(hub);
        }
        return travelled / total;
    }

    private static double cosineDistance(String from, String to) {
        Hub a = Hubs.all().get(from);
        Hub b = Hubs.all().get(to);
        return Math.acos(Math.sin(Math.toRadians(a.latitude())) * Math.sin(Math.toRadians(b.latitude()))
                + Math.cos(Math.toRadians(a.latitude()))
                        * Math.cos(Math.toRadians(b.latitude()))
                        * Math.cos(Math.toRadians(b.longitude() - a.longitude())));
    }
}
