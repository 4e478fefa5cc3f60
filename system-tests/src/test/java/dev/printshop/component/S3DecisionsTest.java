package dev.printshop.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.events.photos.PhotoId;
import dev.printshop.events.photos.PhotoRejected;
import dev.printshop.events.photos.PhotoRemoved;
import dev.printshop.events.photos.PhotoVersion;
import dev.printshop.local.LocalCloudExtension;
import dev.printshop.local.Stack;
import dev.printshop.photos.resizing.aws.S3Decisions;
import dev.printshop.photos.resizing.domain.Decision;
import dev.printshop.photos.resizing.domain.Decisions;
import dev.printshop.photos.resizing.domain.DecisionsContract;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The decisions adapter against S3's conditional writes, in the bucket of the stack. */
@Tag("component")
@ExtendWith(LocalCloudExtension.class)
class S3DecisionsTest extends DecisionsContract {

    private S3Client s3;
    private String bucket;
    private String owner;

    @BeforeEach
    void openBucket(Stack stack, TestInfo test) {
        s3 = stack.client(S3Client.builder());
        bucket = stack.variantsBucket();
        owner = TestOwner.of(test);
    }

    @Test
    void decisionOnARemovedPhoto_hasTheTagOfTheLifecycleRule_andOthersHaveNot() {
        PhotoId photo = new PhotoId(owner, "cat.jpg");
        PhotoVersion first = PhotoVersion.ofSequencer("1");
        PhotoVersion second = PhotoVersion.ofSequencer("2");

        decisions()
                .replace(
                        Optional.empty(),
                        new Decision(
                                Optional.of("v1"),
                                new PhotoRejected(photo, first, Instant.EPOCH, "EMPTY", "The file is empty.")));
        assertThat(tags(photo)).isEmpty();

        // The opposite case can't be tested here: on AWS a put without tags removes them, in the emulator it keeps the
        // old ones.
        decisions()
                .replace(
                        decisions().latest(photo),
                        new Decision(Optional.empty(), new PhotoRemoved(photo, second, Instant.EPOCH)));
        assertThat(tags(photo)).containsExactly("photo=removed");
    }

    @Override
    protected Decisions decisions() {
        return new S3Decisions(s3, bucket);
    }

    @Override
    protected void storeOfALaterVersionOfTheCode(PhotoId photo, PhotoVersion version) {
        String json = """
                {"source": "printshop.photos", "detail-type": "PhotoArchived", "contentId": {"sha256": "0"},
                 "detail": {"schemaVersion": 2, "owner": "%s", "photoId": "%s", "version": "%s"}}
                """.formatted(photo.owner(), photo.id(), version.value());
        s3.putObject(put -> put.bucket(bucket).key("decisions/%s.json".formatted(photo)), RequestBody.fromString(json));
    }

    @Override
    protected String owner() {
        return owner;
    }

    private List<String> tags(PhotoId photo) {
        return s3
                .getObjectTagging(get -> get.bucket(bucket).key("decisions/%s.json".formatted(photo)))
                .tagSet()
                .stream()
                .map(tag -> tag.key() + "=" + tag.value())
                .toList();
    }
}
