package dev.printshop.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.events.photos.PhotoId;
import dev.printshop.local.LocalCloudExtension;
import dev.printshop.local.Stack;
import dev.printshop.photos.resizing.aws.S3Variants;
import dev.printshop.photos.resizing.domain.RenderedVariant;
import dev.printshop.photos.resizing.domain.RenderedVariant.Format;
import dev.printshop.photos.resizing.domain.VariantKeys;
import dev.printshop.photos.resizing.domain.Variants;
import dev.printshop.photos.resizing.domain.VariantsContract;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The variants adapter in the bucket of the stack. */
@Tag("component")
@ExtendWith(LocalCloudExtension.class)
class S3VariantsTest extends VariantsContract {

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
    void variant_isStoredWithItsType_andMayBeCachedWithoutEnd() {
        String key = VariantKeys.prefix(new PhotoId(owner, "cat.jpg")) + "thumb.png";
        variants().store(key, new RenderedVariant("thumb", 150, 150, Format.PNG, new byte[] {1}));

        var head = s3.headObject(h -> h.bucket(bucket).key(key));
        assertThat(head.contentType()).isEqualTo("image/png");
        assertThat(head.cacheControl()).isEqualTo("public, max-age=31536000, immutable");
    }

    @Override
    protected Variants variants() {
        return new S3Variants(s3, bucket);
    }

    @Override
    protected String owner() {
        return owner;
    }

    @Override
    protected List<String> keys(PhotoId photo) {
        return s3.listObjectsV2(list -> list.bucket(bucket).prefix(VariantKeys.prefix(photo))).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    @Override
    protected String content(String key) {
        return s3.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asUtf8String();
    }
}
