package dev.printshop.component;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.local.LocalCloudExtension;
import dev.printshop.local.Stack;
import dev.printshop.photos.resizing.aws.S3Uploads;
import dev.printshop.photos.resizing.domain.Upload;
import dev.printshop.photos.resizing.domain.UploadKey;
import dev.printshop.photos.resizing.domain.Uploads;
import dev.printshop.photos.resizing.domain.UploadsContract;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The uploads adapter, in a separate bucket without triggers. It is versioned, like the real one. */
@Tag("component")
@ExtendWith(LocalCloudExtension.class)
class S3UploadsTest extends UploadsContract {

    private static final String BUCKET = "uploads-of-component-tests";

    private S3Client s3;
    private String owner;

    @BeforeEach
    void openBucket(Stack stack, TestInfo test) {
        s3 = stack.client(S3Client.builder());
        s3.createBucket(create -> create.bucket(BUCKET));
        s3.putBucketVersioning(
                put -> put.bucket(BUCKET).versioningConfiguration(versions -> versions.status("Enabled")));
        owner = TestOwner.of(test);
    }

    @Test
    void bucketThatIsMissing_isAnError() {
        S3Uploads elsewhere = new S3Uploads(s3, "there-is-no-such-bucket");

        assertThatThrownBy(() -> elsewhere.current(UploadKey.parse("uploads/anna/cat.jpg")))
                .isInstanceOf(S3Exception.class);
        assertThatThrownBy(() -> elsewhere.read(
                        new Upload(UploadKey.parse("uploads/anna/cat.jpg"), "v1", "etag", 1, Instant.EPOCH)))
                .isInstanceOf(S3Exception.class);
    }

    @Override
    protected Uploads uploads() {
        return new S3Uploads(s3, BUCKET);
    }

    @Override
    protected String owner() {
        return owner;
    }

    @Override
    protected void put(String key, String content) {
        s3.putObject(put -> put.bucket(BUCKET).key(key), RequestBody.fromString(content));
    }

    @Override
    protected void delete(String key) {
        s3.deleteObject(delete -> delete.bucket(BUCKET).key(key));
    }

    @Override
    protected void deleteCurrentVersion(String key) {
        String version = latestVersion(key);
        s3.deleteObject(delete -> delete.bucket(BUCKET).key(key).versionId(version));
    }

    private String latestVersion(String key) {
        ListObjectVersionsResponse all =
                s3.listObjectVersions(list -> list.bucket(BUCKET).prefix(key));
        return all.deleteMarkers().stream()
                .filter(marker -> marker.key().equals(key) && marker.isLatest())
                .map(DeleteMarkerEntry::versionId)
                .findAny()
                .orElseGet(() -> all.versions().stream()
                        .filter(version -> version.key().equals(key) && version.isLatest())
                        .map(ObjectVersion::versionId)
                        .findAny()
                        .orElseThrow());
    }
}
