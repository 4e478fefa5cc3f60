package dev.printshop.photos.resizing.aws;

import dev.printshop.events.photos.PhotoEvent;
import dev.printshop.events.photos.PhotoId;
import dev.printshop.events.photos.PhotoRemoved;
import dev.printshop.events.photos.PhotoVersion;
import dev.printshop.events.photos.json.PhotoEventJson;
import dev.printshop.photos.resizing.domain.Decision;
import dev.printshop.photos.resizing.domain.Decisions;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.telemetry.LogField;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Decisions in the variants bucket, an object for each photo: the event in its form on the bus, the upload's content
 * id, and the change at which the decision was confirmed, if that is a later one. Writes are conditional (optimistic
 * locking on the ETag); after a concurrent change S3 answers 412, or 409 for simultaneous writes. The ETag is a hash of
 * the content, and each content is unique, because each write raises one of its two versions.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">Conditional writes</a>
 */
public final class S3Decisions implements Decisions {

    private static final Logger LOG = LoggerFactory.getLogger(S3Decisions.class);

    /** The bucket's lifecycle rule that deletes the decisions of removed photos selects this tag. */
    private static final String REMOVED = "photo=removed";

    private static final String CONTENT_ID = "contentId";
    private static final String CONFIRMED_AT = "confirmedAt";

    private final S3Client s3;
    private final String bucket;

    public S3Decisions(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public Optional<Stored> latest(PhotoId photo) {
        try {
            ResponseBytes<GetObjectResponse> object =
                    s3.getObjectAsBytes(get -> get.bucket(bucket).key(key(photo)));
            Stored latest = stored(
                    JsonObject.parse(object.asUtf8String()), object.response().eTag());
            LOG.debug("Latest decision read", LogField.PHOTO.with(photo), LogField.VERSION.with(latest.version()));
            return Optional.of(latest);
        } catch (NoSuchKeyException _) {
            return Optional.empty();
        }
    }

    private static Stored stored(JsonObject json, String revision) {
        try {
            Optional<String> contentId = json.has(CONTENT_ID) ? Optional.of(json.text(CONTENT_ID)) : Optional.empty();
            PhotoEvent event = PhotoEventJson.fromEnvelope(json);
            PhotoVersion confirmedAt =
                    json.has(CONFIRMED_AT) ? new PhotoVersion(json.text(CONFIRMED_AT)) : event.version();
            return new Stored(new Decision(contentId, event, confirmedAt), revision);
        } catch (IllegalArgumentException _) {
            // Every version of the code stores the version of the photo.
            PhotoVersion version = new PhotoVersion(json.object("detail").text("version"));
            return new Stored(version, Optional.empty(), revision);
        }
    }

    @Override
    public void replace(Optional<Stored> seen, Decision decision) {
        PutObjectRequest.Builder put = PutObjectRequest.builder()
                .bucket(bucket)
                .key(key(decision.event().photo()))
                .contentType("application/json");
        seen.ifPresentOrElse(stored -> put.ifMatch(stored.revision()), () -> put.ifNoneMatch("*"));
        if (decision.event() instanceof PhotoRemoved) {
            put.tagging(REMOVED);
        }
        try {
            s3.putObject(put.build(), RequestBody.fromString(json(decision)));
        } catch (S3Exception e) {
            // 404: the decision has expired since it was read.
            if (e.statusCode() == 404 || e.statusCode() == 409 || e.statusCode() == 412) {
                throw new ConcurrentChangeException(
                        "Another decision on photo %s was stored first"
                                .formatted(decision.event().photo()),
                        e);
            }
            throw e;
        }
    }

    private static String key(PhotoId photo) {
        return "decisions/%s/%s.json".formatted(photo.owner(), photo.id());
    }

    private static String json(Decision decision) {
        Map<String, Object> json = new LinkedHashMap<>();
        decision.contentId().ifPresent(contentId -> json.put(CONTENT_ID, contentId));
        if (!decision.confirmedAt().equals(decision.version())) {
            json.put(CONFIRMED_AT, decision.confirmedAt().value());
        }
        json.put("source", PhotoEvent.SOURCE);
        json.put("detail-type", decision.event().detailType());
        json.put("detail", PhotoEventJson.toDetail(decision.event()));
        return JsonObject.write(json);
    }
}
