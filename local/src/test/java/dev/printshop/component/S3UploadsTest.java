package dev.printshop.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.local.LocalCloudExtension;
import dev.printshop.local.Stack;
import dev.printshop.photos.resizing.aws.S3Uploads;
import dev.printshop.photos.resizing.domain.Upload;
import dev.printshop.photos.resizing.domain.UploadKey;
import dev.printshop.shared.events.PhotoVersion;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

/**
 * The uploads adapter against S3's conditional requests, in a bucket of its own, whose objects trigger nothing. It has
 * versions, as the real one: a deleted object is one with a delete marker.
 */
@Tag("component")
@ExtendWith(LocalCloudExtension.class)
class S3UploadsTest {

    private static final String BUCKET = "uploads-of-component-tests";

    private S3Client s3;
    private S3Uploads uploads;
    private UploadKey key;

    @BeforeEach
    void openBucket(Stack stack, TestInfo test) {
        s3 = stack.client(S3Client.builder());
        s3.createBucket(create -> create.bucket(BUCKET));
        s3.putBucketVersioning(
                put -> put.bucket(BUCKET).versioningConfiguration(versions -> versions.status("Enabled")));
        uploads = new S3Uploads(s3, BUCKET);
        String id = Integer.toHexString(test.getDisplayName().hashCode());
        key = UploadKey.parse("uploads/component/%s.jpg".formatted(id));
    }

    @Test
    void upload_isRead() {
        Upload upload = put("picture");

        assertThat(uploads.read(upload))
                .hasValueSatisfying(file -> assertThat(file).asString().isEqualTo("picture"));
        assertThat(uploads.isCurrent(upload)).isTrue();
        assertThat(uploads.holds(key.photo())).isTrue();
    }

    @Test
    void uploadThatWasReplaced_isNotRead() {
        Upload upload = put("picture");
        put("another picture");

        assertThat(uploads.read(upload)).isEmpty();
        assertThat(uploads.isCurrent(upload)).isFalse();
        assertThat(uploads.holds(key.photo())).isTrue();
    }

    @Test
    void uploadThatWasDeleted_isNotRead() {
        Upload upload = put("picture");
        s3.deleteObject(delete -> delete.bucket(BUCKET).key(key.value()));

        assertThat(uploads.read(upload)).isEmpty();
        assertThat(uploads.isCurrent(upload)).isFalse();
        assertThat(uploads.holds(key.photo())).isFalse();
    }

    @Test
    void photoWhoseNameBeginsAlike_isAnother() {
        s3.putObject(
                put -> put.bucket(BUCKET)
                        .key("uploads/component/%s-2.jpg".formatted(key.photo().id())),
                RequestBody.fromString("picture"));

        assertThat(uploads.holds(key.photo())).isFalse();
    }

    @Test
    void bucketThatIsMissing_isNoAnswerButAnError() {
        Upload upload = put("picture");
        S3Uploads elsewhere = new S3Uploads(s3, "there-is-no-such-bucket");

        assertThatThrownBy(() -> elsewhere.holds(upload.photo())).isInstanceOf(NoSuchBucketException.class);
    }

    private Upload put(String content) {
        String etag = s3.putObject(put -> put.bucket(BUCKET).key(key.value()), RequestBody.fromString(content))
                .eTag();
        return new Upload(key, etag.replace("\"", ""), content.length(), PhotoVersion.ofSequencer("1"), Instant.EPOCH);
    }
}
