package dev.printshop.photos.resizing.aws;

import dev.printshop.photos.resizing.domain.RenderedVariant;
import dev.printshop.photos.resizing.domain.Variants;
import dev.printshop.shared.events.PhotoId;
import dev.printshop.shared.events.PhotoVersion;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The variants bucket. A variant carries the version it was made from as metadata, and is written and deleted by
 * conditional requests only: look at what is there, then act on exactly that (optimistic locking on the ETag). When
 * somebody was quicker, S3 answers 412, or 409 when both were at it at once, and we look again.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html">Conditional
 *     requests</a>
 */
public final class S3Variants implements Variants {

    /** The metadata that holds the version of the photo a variant was made from. */
    public static final String SOURCE_VERSION = "source-version";

    /** Half a day: a re-uploaded photo keeps its keys, so browsers must ask again some time. */
    private static final String CACHE_CONTROL = "public, max-age=43200";

    private static final int MAX_TRIES = 5;

    private final S3Client s3;
    private final String bucket;

    public S3Variants(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public boolean store(String key, RenderedVariant variant, PhotoVersion version) {
        PutObjectRequest put = PutObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .contentType(variant.format().contentType())
                .cacheControl(CACHE_CONTROL)
                .metadata(Map.of(SOURCE_VERSION, version.value()))
                .build();
        RequestBody body = RequestBody.fromBytes(variant.content());
        // Most photos are new, so the first try is for a key that isn't taken, and costs no look.
        if (succeeds(() -> s3.putObject(put.copy(p -> p.ifNoneMatch("*")), body))) {
            return true;
        }
        for (int tries = 1; tries < MAX_TRIES; tries++) {
            Optional<HeadObjectResponse> stored = look(key);
            if (stored.isPresent() && isNewer(stored.get(), version)) {
                return false;
            }
            PutObjectRequest conditional = stored.map(found -> put.copy(p -> p.ifMatch(found.eTag())))
                    .orElseGet(() -> put.copy(p -> p.ifNoneMatch("*")));
            if (succeeds(() -> s3.putObject(conditional, body))) {
                return true;
            }
        }
        throw new IllegalStateException("%s was changed by others in each of %d tries".formatted(key, MAX_TRIES));
    }

    @Override
    public void remove(PhotoId photo, PhotoVersion upTo, Set<String> keysToKeep) {
        String prefix = "variants/%s/%s/".formatted(photo.owner(), photo.id());
        s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .filter(key -> !keysToKeep.contains(key))
                .forEach(key -> removeUnlessNewer(key, upTo));
    }

    private void removeUnlessNewer(String key, PhotoVersion upTo) {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            Optional<HeadObjectResponse> stored = look(key);
            if (stored.isEmpty() || isNewer(stored.get(), upTo)) {
                return;
            }
            if (succeeds(() -> s3.deleteObject(delete ->
                    delete.bucket(bucket).key(key).ifMatch(stored.get().eTag())))) {
                return;
            }
        }
        throw new IllegalStateException("%s was changed by others in each of %d tries".formatted(key, MAX_TRIES));
    }

    private Optional<HeadObjectResponse> look(String key) {
        try {
            return Optional.of(s3.headObject(head -> head.bucket(bucket).key(key)));
        } catch (S3Exception e) {
            if (e.statusCode() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Something without a version isn't ours, and older than anything of ours. */
    private static boolean isNewer(HeadObjectResponse stored, PhotoVersion version) {
        String storedVersion = stored.metadata().get(SOURCE_VERSION);
        return storedVersion != null && new PhotoVersion(storedVersion).isAfter(version);
    }

    /**
     * Whether a conditional request's condition held: 412 says it didn't, 409 that another request was at it just then.
     */
    private static boolean succeeds(Runnable conditionalRequest) {
        try {
            conditionalRequest.run();
            return true;
        } catch (S3Exception e) {
            return switch (e.statusCode()) {
                // 404: what was to be replaced or deleted is gone already.
                case 404, 409, 412 -> false;
                default -> throw e;
            };
        }
    }
}
