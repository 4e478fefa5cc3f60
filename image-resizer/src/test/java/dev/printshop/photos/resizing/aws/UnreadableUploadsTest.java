package dev.printshop.photos.resizing.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.photos.resizing.domain.UnreadableUploadException;
import dev.printshop.photos.resizing.domain.Upload;
import dev.printshop.photos.resizing.domain.UploadKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.InvalidObjectStateException;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** S3's responses for unreadable objects, which the emulator doesn't support, and their handling. */
class UnreadableUploadsTest {

    private static final UploadKey KEY = UploadKey.parse("uploads/anna/cat.jpg");
    private static final Upload UPLOAD = new Upload(KEY, "v1/etag", "etag", 7, Instant.EPOCH);

    private final FakeS3 s3 = new FakeS3();
    private final S3Uploads uploads = new S3Uploads(s3, "uploads");

    @Test
    void archivedObject_isUnreadable() {
        // given
        s3.get = InvalidObjectStateException.builder().statusCode(403).build();

        // then
        assertThatThrownBy(() -> uploads.read(UPLOAD)).isInstanceOf(UnreadableUploadException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied",
        "400, KMS.DisabledException",
        "400, KMS.KMSInvalidStateException",
        "400, KMS.NotFoundException"
    })
    void kmsKeyThatCantBeUsed_isNoPropertyOfTheUpload(int status, String code) {
        // given an object under such a key
        s3.encryption = ServerSideEncryption.AWS_KMS;
        s3.get = failure(status, code);

        // then
        assertThatThrownBy(() -> uploads.read(UPLOAD)).isSameAs(s3.get);
    }

    @Test
    void missingPermission_isNoPropertyOfTheUpload() {
        // given an object without any such key
        s3.get = failure(403, "AccessDenied");

        // then
        assertThatThrownBy(() -> uploads.read(UPLOAD)).isSameAs(s3.get);
    }

    @Test
    void missingPermissionForEverything_isNoPropertyOfTheUpload() {
        // given
        s3.head = failure(403, null);
        s3.get = failure(403, "AccessDenied");

        // then
        assertThatThrownBy(() -> uploads.current(KEY)).isSameAs(s3.head);
        assertThatThrownBy(() -> uploads.read(UPLOAD)).isSameAs(s3.get);
    }

    @Test
    void objectUnderAKeyOfEachRequest_isCurrent_andUnreadable() {
        // given
        s3.head = failure(400, null);
        s3.get = failure(400, "InvalidRequest");
        s3.listedKey = KEY.value();

        // when
        Upload upload = uploads.current(KEY).orElseThrow();

        // then
        assertThat(upload).isEqualTo(new Upload(KEY, "listed/etag", "etag", 7, Instant.EPOCH));
        assertThatThrownBy(() -> uploads.read(upload)).isInstanceOf(UnreadableUploadException.class);
    }

    @Test
    void objectUnderAKeyOfEachRequest_thatWasDeletedMeanwhile_isNotCurrent() {
        // given
        s3.head = failure(400, null);
        s3.listedKey = KEY.value() + ".xmp";

        // then
        assertThat(uploads.current(KEY)).isEmpty();
    }

    @Test
    void expiredCredentials_areNoPropertyOfTheUpload() {
        // given
        s3.get = failure(400, "ExpiredToken");

        // then
        assertThatThrownBy(() -> uploads.read(UPLOAD)).isSameAs(s3.get);
    }

    @Test
    void missingKey_isNoUpload() {
        // given
        s3.head = failure(404, null);

        // then
        assertThat(uploads.current(KEY)).isEmpty();
    }

    @Test
    void missingBucket_isNoMissingKey() {
        // given
        s3.head = failure(404, null);
        s3.bucketIsMissing = true;

        // then
        assertThatThrownBy(() -> uploads.current(KEY)).isInstanceOf(NoSuchBucketException.class);
    }

    private static S3Exception failure(int status, @Nullable String code) {
        AwsErrorDetails details = AwsErrorDetails.builder().errorCode(code).build();
        return (S3Exception) S3Exception.builder()
                .statusCode(status)
                .awsErrorDetails(details)
                .build();
    }

    /** A bucket with one object and configured answers. */
    private static final class FakeS3 implements S3Client {

        @Nullable
        S3Exception head;

        @Nullable
        S3Exception get;

        ServerSideEncryption encryption = ServerSideEncryption.AES256;
        String listedKey = "";
        boolean bucketIsMissing;

        @Override
        public HeadObjectResponse headObject(HeadObjectRequest request) {
            if (head != null) {
                throw head;
            }
            return HeadObjectResponse.builder().serverSideEncryption(encryption).build();
        }

        @Override
        public HeadBucketResponse headBucket(HeadBucketRequest request) {
            if (bucketIsMissing) {
                throw NoSuchBucketException.builder().statusCode(404).build();
            }
            return HeadBucketResponse.builder().build();
        }

        @Override
        public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
            S3Object object = S3Object.builder()
                    .key(listedKey)
                    .eTag("etag")
                    .size(7L)
                    .lastModified(Instant.EPOCH)
                    .build();
            return ListObjectsV2Response.builder().contents(object).build();
        }

        @Override
        public <T> T getObject(GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
            if (get != null) {
                throw get;
            }
            throw new AssertionError("Nothing is there to be read");
        }

        @Override
        public String serviceName() {
            return "s3";
        }

        @Override
        public void close() {}
    }
}
