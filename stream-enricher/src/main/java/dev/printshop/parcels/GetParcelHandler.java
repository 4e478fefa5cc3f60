package dev.printshop.parcels;

import static software.amazon.lambda.powertools.logging.argument.StructuredArguments.entry;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.printshop.events.parcels.ParcelId;
import dev.printshop.parcels.aws.DynamoDbParcels;
import dev.printshop.parcels.aws.DynamoDbWatermarks;
import dev.printshop.parcels.domain.ScanPosition;
import dev.printshop.parcels.domain.TrackedParcels;
import dev.printshop.parcels.domain.Watermarks;
import dev.printshop.parcels.json.HistoryCursor;
import dev.printshop.parcels.json.TrackingJson;
import dev.printshop.shared.aws.AwsClients;
import dev.printshop.shared.concurrency.JitteredBackoff;
import dev.printshop.shared.configuration.Environment;
import dev.printshop.shared.http.Answer;
import dev.printshop.shared.http.HttpEndpoint;
import dev.printshop.shared.http.HttpProblem;
import dev.printshop.shared.http.Status;
import dev.printshop.shared.snapstart.Priming;
import dev.printshop.shared.telemetry.LogField;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Entry point of GetParcel: returns the state of a parcel at the time of the request with its newest scans or, with the
 * query parameter {@code cursor}, older scans. A parcel that is overdue at its next stop counts as late, as far as the
 * scan stream has been read.
 */
public final class GetParcelHandler
        implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(GetParcelHandler.class);

    static final Duration CALL_TIMEOUT = Duration.ofSeconds(4);

    private static final ParcelId PRIMING_PARCEL = new ParcelId("--------");

    private final TrackedParcels parcels;
    private final Watermarks watermarks;
    private final InstantSource clock;

    /** Creates the function from its environment. */
    public GetParcelHandler() {
        DynamoDbClient dynamoDb = AwsClients.create(DynamoDbClient.builder(), CALL_TIMEOUT);
        String table = Environment.ofProcess().required("PARCELS_TABLE");
        this.parcels = new DynamoDbParcels(
                dynamoDb,
                table,
                Clock.systemUTC(),
                new JitteredBackoff(new SecureRandom(), CALL_TIMEOUT),
                CALL_TIMEOUT);
        this.watermarks = new DynamoDbWatermarks(dynamoDb, table, Clock.systemUTC());
        this.clock = Clock.systemUTC();
        Priming.of(this)
                .reading(() -> parcels.track(PRIMING_PARCEL, Optional.empty()))
                .beforeCheckpoint();
    }

    GetParcelHandler(TrackedParcels parcels, Watermarks watermarks, InstantSource clock) {
        this.parcels = parcels;
        this.watermarks = watermarks;
        this.clock = clock;
    }

    @Override
    public APIGatewayProxyResponseEvent handleRequest(APIGatewayProxyRequestEvent request, Context context) {
        return HttpEndpoint.answer(request, context, () -> {
            ParcelId id = parcelId(request);
            Optional<ScanPosition> before = cursor(request);
            LOG.debug("Parcel requested", LogField.PARCEL.with(id), entry("older_scans", before.isPresent()));
            Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            // Read before the parcel: a watermark that is raised in between may include scans that the parcel lacks.
            Instant readUpTo = watermarks.allReadUntil(now);
            LOG.debug("Watermark read", entry("read_up_to", readUpTo.toString()));
            return parcels.track(id, before)
                    .map(tracked -> Answer.ok(
                            before.isPresent()
                                    ? TrackingJson.writeOlder(tracked)
                                    : TrackingJson.write(tracked.silentAt(readUpTo), now)))
                    .orElseThrow(() ->
                            new HttpProblem(Status.NOT_FOUND, "There is no parcel '%s', or not yet".formatted(id)));
        });
    }

    private static ParcelId parcelId(APIGatewayProxyRequestEvent request) {
        @Nullable Map<String, String> parameters = request.getPathParameters();
        @Nullable String parcelId = parameters == null ? null : parameters.get("parcelId");
        if (parcelId == null) {
            throw new IllegalStateException("The path lacks {parcelId}; template.yaml must have it");
        }
        try {
            return new ParcelId(parcelId);
        } catch (IllegalArgumentException e) {
            throw new HttpProblem(Status.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    private static Optional<ScanPosition> cursor(APIGatewayProxyRequestEvent request) {
        @Nullable Map<String, String> parameters = request.getQueryStringParameters();
        @Nullable String cursor = parameters == null ? null : parameters.get("cursor");
        try {
            return Optional.ofNullable(cursor).map(HistoryCursor::read);
        } catch (IllegalArgumentException e) {
            throw new HttpProblem(Status.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }
}
