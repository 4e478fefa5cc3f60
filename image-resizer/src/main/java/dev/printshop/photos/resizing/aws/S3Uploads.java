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
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * The uploads bucket. A key without a current version is answered with 404, which needs s3:ListBucket; without it S3
 * answers 403. A conditional request reads the file: with {@code If-Match}, S3 answers 412 when its bytes are others by
 * now.
 *
 * <p>The bucket's policy denies uploads that this can't read. Those that are there all the same, because they are older
 * than the policy or were replicated, are told by S3's answers: an archived object has a HEAD, and 403
 * InvalidObjectState for a GET; one that is encrypted with a KMS key that the role may not use has a HEAD, and 403
 * AccessDenied for a GET; one that is encrypted with a key that comes with each request (SSE-C) has 400 for both.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html">GetObject</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html">HeadObject</a>
 */
public final class S3Uploads implements Uploads {

    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
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

    /** An answer to HEAD has no body: its 404 doesn't say whether the key or the whole bucket is missing. */
    private void requireBucket() {
        s3.headBucket(head -> head.bucket(bucket));
    }

    /** An object that has no HEAD without its key (SSE-C), as the listing has it. Its ETag is no hash of its bytes. */
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
        } catch (NoSuchBucketException misconfigured) {
            throw misconfigured;
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND || e.statusCode() == PRECONDITION_FAILED) {
                return Optional.empty();
            }
            if (isArchived(e) || lacksItsKey(e) || needsAForeignKey(e, upload)) {
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

    /**
     * HEAD and GET need the same permission of S3, and GET alone needs that of the KMS key. So if HEAD is allowed, the
     * key's is the one that is missing.
     */
    private boolean needsAForeignKey(S3Exception answer, Upload upload) {
        if (answer.statusCode() != FORBIDDEN || !"AccessDenied".equals(errorCode(answer))) {
            return false;
        }
        ServerSideEncryption encryption = s3.headObject(
                        head -> head.bucket(bucket).key(upload.key().value()))
                .serverSideEncryption();
        return encryption == ServerSideEncryption.AWS_KMS || encryption == ServerSideEncryption.AWS_KMS_DSSE;
    }

    private static String errorCode(S3Exception answer) {
        return answer.awsErrorDetails() == null ? "" : answer.awsErrorDetails().errorCode();
    }
}
