package dev.printshop.photos.resizing.aws;

import dev.printshop.photos.resizing.domain.UnreadableUploadException;
import dev.printshop.photos.resizing.domain.Upload;
import dev.printshop.photos.resizing.domain.UploadKey;
import dev.printshop.photos.resizing.domain.Uploads;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.InvalidObjectStateException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The uploads bucket. A key without a current version is answered with 404, which needs s3:ListBucket; without it S3
 * answers 403. A conditional request reads the file: with {@code If-Match}, S3 answers 412 when its bytes have changed.
 *
 * <p>The bucket's policy denies uploads that this function can't read. Others may exist because they are older than the
 * policy or were replicated, and are detected by S3's answers. Two answers depend on how the object is stored: 403
 * InvalidObjectState for an archived object, and 400 InvalidRequest for one that is encrypted with a customer-provided
 * key (SSE-C). An archived object that is restored later is read again only with the next event of its key. All other
 * answers are transient failures, also those about a KMS key: 403 AccessDenied when the role may not use it, 400 KMS...
 * when it is disabled or scheduled for deletion. The cause may be the bucket's default encryption or a grant, and then
 * no photo must be rejected permanently.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html">GetObject</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html">HeadObject</a>
 */
public final class S3Uploads implements Uploads {

    private static final int BAD_REQUEST = 400;
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
            // An object that was stored before versioning has no version id; then the ETag identifies its content.
            String contentId = "%s/%s".formatted(head.versionId(), head.eTag());
            return Optional.of(new Upload(key, contentId, head.eTag(), head.contentLength(), head.lastModified()));
        } catch (S3Exception e) {
            return switch (e.statusCode()) {
                case NOT_FOUND -> {
                    requireBucket();
                    yield Optional.empty();
                }
                case BAD_REQUEST -> listed(key);
                default -> throw e;
            };
        }
    }

    /** A HEAD response has no body: with 404, either the key or the whole bucket is missing. */
    private void requireBucket() {
        s3.headBucket(head -> head.bucket(bucket));
    }

    /**
     * The listing's data of an object for which HEAD fails without its key (SSE-C). Its ETag is not a hash of its
     * bytes.
     */
    private Optional<Upload> listed(UploadKey key) {
        return s3.listObjectsV2(list -> list.bucket(bucket).prefix(key.value()).maxKeys(1)).contents().stream()
                .filter(object -> object.key().equals(key.value()))
                .findFirst()
                .map(object -> new Upload(
                        key, "listed/" + object.eTag(), object.eTag(), object.size(), object.lastModified()));
    }

    @Override
    public Optional<byte[]> read(Upload upload) {
        try {
            return Optional.of(s3.getObjectAsBytes(
                            get -> get.bucket(bucket).key(upload.key().value()).ifMatch(upload.etag()))
                    .asByteArrayUnsafe());
        } catch (NoSuchBucketException e) {
            throw e;
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND || e.statusCode() == PRECONDITION_FAILED) {
                return Optional.empty();
            }
            if (isArchived(e) || lacksItsKey(e)) {
                throw new UnreadableUploadException(
                        "The upload of photo %s can't be read".formatted(upload.photo()), e);
            }
            throw e;
        }
    }

    private static boolean isArchived(S3Exception answer) {
        return answer instanceof InvalidObjectStateException;
    }

    private static boolean lacksItsKey(S3Exception answer) {
        return answer.statusCode() == BAD_REQUEST && "InvalidRequest".equals(errorCode(answer));
    }

    private static String errorCode(S3Exception answer) {
        return answer.awsErrorDetails() == null ? "" : answer.awsErrorDetails().errorCode();
    }
}
