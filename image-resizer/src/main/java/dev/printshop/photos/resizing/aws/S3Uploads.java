package dev.printshop.photos.resizing.aws;

import dev.printshop.photos.resizing.domain.Upload;
import dev.printshop.photos.resizing.domain.UploadKey;
import dev.printshop.photos.resizing.domain.Uploads;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The uploads bucket. A key without a current version is answered with 404, which needs s3:ListBucket; without it S3
 * answers 403. A conditional request reads the file: with {@code If-Match}, S3 answers 412 when its bytes are others by
 * now.
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
    public Optional<Upload> current(UploadKey key) {
        try {
            HeadObjectResponse head = s3.headObject(h -> h.bucket(bucket).key(key.value()));
            // What was stored before the bucket had versions has none; then the ETag tells contents apart.
            String contentId = "%s/%s".formatted(head.versionId(), head.eTag());
            return Optional.of(new Upload(key, contentId, head.eTag(), head.contentLength(), head.lastModified()));
        } catch (NoSuchBucketException misconfigured) {
            throw misconfigured;
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public Optional<byte[]> read(Upload upload) {
        try {
            return Optional.of(s3.getObjectAsBytes(
                            get -> get.bucket(bucket).key(upload.key().value()).ifMatch(upload.etag()))
                    .asByteArrayUnsafe());
        } catch (NoSuchBucketException misconfigured) {
            throw misconfigured;
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND || e.statusCode() == PRECONDITION_FAILED) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
