package dev.printshop.photos.resizing.aws;

import dev.printshop.photos.resizing.domain.Upload;
import dev.printshop.photos.resizing.domain.Uploads;
import dev.printshop.shared.events.PhotoId;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The uploads bucket. Conditional requests do the asking: with {@code If-Match} S3 itself says whether the object is
 * still the one of the event (412 when it was replaced, 404 when it was deleted; the latter needs s3:ListBucket,
 * without which S3 answers 403).
 */
public final class S3Uploads implements Uploads {

    private static final int NOT_FOUND = 404;
    private static final int PRECONDITION_FAILED = 412;

    private final S3Client s3;
    private final String bucket;

    public S3Uploads(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public Optional<byte[]> read(Upload upload) {
        try {
            return Optional.of(s3.getObjectAsBytes(
                            get -> get.bucket(bucket).key(upload.key().value()).ifMatch(quoted(upload.etag())))
                    .asByteArrayUnsafe());
        } catch (S3Exception e) {
            if (isGoneOrReplaced(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public boolean isCurrent(Upload upload) {
        try {
            s3.headObject(head -> head.bucket(bucket).key(upload.key().value()).ifMatch(quoted(upload.etag())));
            return true;
        } catch (S3Exception e) {
            if (isGoneOrReplaced(e)) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public boolean holds(PhotoId photo) {
        String prefix = "uploads/%s/%s.".formatted(photo.owner(), photo.id());
        return s3.listObjectsV2(list -> list.bucket(bucket).prefix(prefix).maxKeys(1))
                .hasContents();
    }

    private static boolean isGoneOrReplaced(S3Exception e) {
        return e.statusCode() == NOT_FOUND || e.statusCode() == PRECONDITION_FAILED;
    }

    private static String quoted(String etag) {
        return '"' + etag + '"';
    }
}
