package dev.printshop.local.story;

import dev.printshop.local.Console;
import dev.printshop.local.LocalCloudException;
import dev.printshop.local.Stack;
import dev.printshop.local.story.HubBoard.Figure;
import dev.printshop.local.story.SupportInbox.Alert;
import dev.printshop.local.traffic.Fate;
import dev.printshop.local.traffic.Journey;
import dev.printshop.local.traffic.Journey.GeneratedScan;
import dev.printshop.local.traffic.ParcelTraffic;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** Twenty parcels of a day: one is late, one gets too warm, one becomes silent, some arrive. */
public final class ParcelStory implements Story {

    private static final Duration WAIT_LIMIT = Duration.ofMinutes(2);
    private static final int STOPS = 5;
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("EEE HH:00", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** From the least to the worst. */
    private static final List<String> SEVERITIES = List.of("MINOR", "MAJOR", "CRITICAL");

    /** The kinds of scans that are counted as in or out. */
    private static final Set<String> COUNTED_KINDS = Set.of("RECEIVED", "DEPARTED", "OUT_FOR_DELIVERY");

    private final Stack stack;
    private final Console console;
    private final Storyteller storyteller;
    private final ParcelDesk desk;
    private final HubBoard hubs;
    private final LambdaClient lambda;
    private final Instant start = Instant.now();
    private final List<Journey> journeys;

    public ParcelStory(Stack stack, Console console) {
        this.stack = stack;
        this.console = console;
        this.storyteller = new Storyteller(stack, console);
        this.desk = new ParcelDesk(stack);
        this.hubs = new HubBoard(stack);
        this.lambda = stack.client(LambdaClient.builder());
        this.journeys = journeys();
    }

    /** New ones each time, so that the story can run again in the same local cloud. */
    private List<Journey> journeys() {
        List<Fate> fates = new ArrayList<>(List.of(Fate.VERY_LATE, Fate.OVERHEATED, Fate.SILENT));
        fates.addAll(Collections.nCopies(9, Fate.PUNCTUAL));
        fates.addAll(Collections.nCopies(8, Fate.UNDER_WAY));
        return new ParcelTraffic(start.toEpochMilli(), start).journeys(fates, STOPS);
    }

    /** Without the parcel that fell silent and the hubs' figures, which take a minute or two. */
    @Override
    public void playShort() {
        play(_ -> {});
    }

    @Override
    public void play() {
        play(this::showSilenceAndFigures);
    }

    private void play(Consumer<SupportInbox> more) {
        console.headline("The story: twenty parcels, a day in fast motion");
        try (SupportInbox inbox = new SupportInbox(stack, "story-support-inbox")) {
            storyteller.run(
                    "The orders dispatch twenty parcels",
                    List.of("RegisterParcelFunction", "GetParcelFunction"),
                    this::dispatch);
            storyteller.run(
                    "Scanners report the parcels, hour by hour",
                    List.of("CollectScansFunction", "EnrichScansFunction"),
                    this::scan);
            storyteller.run("A scanner sends nonsense", List.of("CollectScansFunction"), this::scanNonsense);
            storyteller.run(
                    "A customer tracks a delivered parcel",
                    List.of("EnrichScansFunction", "GetParcelFunction"),
                    () -> track(journey(Fate.PUNCTUAL), "DELIVERED"));
            storyteller.run(
                    "Support gets alerts about the parcel that is late and the one that got too warm",
                    List.of("EnrichScansFunction", "AlertSupportFunction"),
                    () -> showAlerts(inbox));
            more.accept(inbox);
        }
    }

    private void showSilenceAndFigures(SupportInbox inbox) {
        storyteller.run(
                "One parcel fell silent: FindSilentParcels, which runs every five minutes, is called at once",
                List.of("FindSilentParcelsFunction", "AlertSupportFunction"),
                () -> findSilent(inbox));
        storyteller.run(
                "What passed the hubs is counted by the minute; the figures come when the minute is over",
                List.of("AggregateHubsFunction"),
                this::showHubFigures);
    }

    @Override
    public List<WhereToLook> whereToLook() {
        Journey underWay = journey(Fate.UNDER_WAY);
        return List.of(
                new WhereToLook("Track a parcel", "make parcel PARCEL=" + underWay.parcelId()),
                new WhereToLook(
                        "Scan it, too warm",
                        "make scan HUB=%s PARCEL=%s TEMPERATURE=38"
                                .formatted(underWay.route().getFirst().hubCode(), underWay.parcelId())),
                new WhereToLook("Support's inbox", "make alerts"),
                new WhereToLook("Hubs' figures", "make figures"),
                new WhereToLook("The data lake", "make lake"));
    }

    private void dispatch() {
        desk.dispatch(journeys);
        for (Journey journey : journeys) {
            storyteller.await(
                    "parcel %s to be known".formatted(journey.parcelId()),
                    WAIT_LIMIT,
                    () -> desk.track(journey.parcelId()));
        }
        Journey first = journeys.getFirst();
        console.line(
                "%s, for example, goes by %s and is promised for %s",
                first.parcelId(),
                first.route().stream().map(Journey.Stop::hubCode).collect(Collectors.joining(" → ")),
                first.promisedAt());
    }

    private void scan() {
        Map<Instant, List<GeneratedScan>> byHour = journeys.stream()
                .flatMap(journey -> journey.scans().stream())
                .sorted(Comparator.comparing(GeneratedScan::scannedAt))
                .collect(Collectors.groupingBy(
                        scan -> scan.scannedAt().truncatedTo(ChronoUnit.HOURS), TreeMap::new, Collectors.toList()));
        byHour.forEach((hour, scans) -> {
            Map<String, List<GeneratedScan>> byHub =
                    scans.stream().collect(Collectors.groupingBy(GeneratedScan::hubCode));
            byHub.forEach((hub, own) -> desk.scan(hub, ParcelDesk.json(own)).forEach(ParcelStory::requireAccepted));
            console.line("%s  %3d scans accepted, of %d hubs", HOUR.format(hour), scans.size(), byHub.size());
        });
    }

    private static void requireAccepted(Map<String, Object> result) {
        if (!"ACCEPTED".equals(result.get("status"))) {
            throw new LocalCloudException("A good scan was not accepted: " + result);
        }
    }

    private void scanNonsense() {
        GeneratedScan scan = journeys.getFirst().scans().getFirst();
        Map<String, Object> unknownHub = new TreeMap<>(scan.json());
        unknownHub.put("hubCode", "XYZ");
        Map<String, Object> otherHub = new TreeMap<>(scan.json());
        otherHub.put("hubCode", scan.hubCode().equals("FRA") ? "MAD" : "FRA");
        Map<String, Object> future = new TreeMap<>(scan.json());
        future.put("scannedAt", start.plus(Duration.ofDays(2)).toString());
        for (Map<String, Object> result : desk.scan(scan.hubCode(), List.of(unknownHub, otherHub, future))) {
            if (!"REJECTED".equals(result.get("status"))) {
                throw new LocalCloudException("A scan that makes no sense was not rejected: " + result);
            }
            console.line("REJECTED: %s", String.valueOf(result.get("reason")));
        }
    }

    private void track(Journey journey, String status) {
        Map<String, Object> parcel = storyteller.await(
                "parcel %s to be %s".formatted(journey.parcelId(), status),
                WAIT_LIMIT,
                () -> desk.track(journey.parcelId()).filter(found -> status.equals(found.get("status"))));
        console.line("GET /parcels/%s", journey.parcelId());
        ParcelDesk.pretty(parcel).lines().forEach(line -> console.line("%s", line));
    }

    private void showAlerts(SupportInbox inbox) {
        // Three hours of delay lead to two alerts, because it also exceeds half an hour and two hours.
        showWorst(awaitAlerts(inbox, journey(Fate.VERY_LATE), 2));
        showWorst(awaitAlerts(inbox, journey(Fate.OVERHEATED), 1));
    }

    private void findSilent(SupportInbox inbox) {
        Journey silent = journey(Fate.SILENT);
        storyteller.await(
                "the scans of parcel %s".formatted(silent.parcelId()),
                WAIT_LIMIT,
                () -> desk.track(silent.parcelId())
                        .filter(found -> found.get("history") instanceof List<?> history
                                && history.size() == silent.scans().size()));
        searchForSilentParcels();
        console.line("It puts heartbeats after the scans: no parcel counts as silent before EnrichScans has read them");
        String answer = storyteller.await(
                "FindSilentParcels to find parcels",
                WAIT_LIMIT,
                () -> Optional.of(searchForSilentParcels())
                        .filter(found -> !Integer.valueOf(0)
                                        .equals(ParcelDesk.object(found).get("found"))
                                || alertsAbout(silent, inbox).size() >= 2));
        console.line("It answers %s", answer);
        showWorst(awaitAlerts(inbox, silent, 2));
    }

    private String searchForSilentParcels() {
        var answer = lambda.invoke(invoke -> invoke.functionName(Stack.functionName("FindSilentParcelsFunction"))
                .qualifier("live"));
        if (answer.functionError() != null) {
            throw new LocalCloudException(
                    "FindSilentParcels failed: " + answer.payload().asUtf8String());
        }
        return answer.payload().asUtf8String();
    }

    private void showHubFigures() {
        long scans = journeys.stream()
                .flatMap(journey -> journey.scans().stream())
                .filter(scan -> COUNTED_KINDS.contains(scan.kind()))
                .count();
        List<Figure> figures = storyteller.await(
                "the hubs' figures of %d scans".formatted(scans),
                WAIT_LIMIT,
                () -> Optional.of(hubs.since(start))
                        .filter(found -> scans
                                == found.stream().mapToLong(Figure::parcels).sum()));
        HubBoard.show(figures, console);
    }

    private List<Alert> awaitAlerts(SupportInbox inbox, Journey journey, int atLeast) {
        return storyteller.await(
                "%d alerts about parcel %s".formatted(atLeast, journey.parcelId()),
                WAIT_LIMIT,
                () -> Optional.of(alertsAbout(journey, inbox)).filter(alerts -> alerts.size() >= atLeast));
    }

    private static List<Alert> alertsAbout(Journey journey, SupportInbox inbox) {
        return inbox.alerts().stream()
                .filter(alert -> alert.message().contains(journey.parcelId()))
                .toList();
    }

    private void showWorst(List<Alert> alerts) {
        alerts.stream()
                .max(Comparator.comparingInt(
                        alert -> SEVERITIES.indexOf(alert.attributes().get("severity"))))
                .orElseThrow()
                .show(console);
    }

    private Journey journey(Fate fate) {
        return journeys.stream()
                .filter(journey -> journey.fate() == fate)
                .findFirst()
                .orElseThrow();
    }
}
