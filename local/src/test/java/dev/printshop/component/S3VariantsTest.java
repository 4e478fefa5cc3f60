package dev.printshop.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.local.LocalCloudExtension;
import dev.printshop.local.Stack;
import dev.printshop.photos.resizing.aws.S3Variants;
import dev.printshop.photos.resizing.domain.RenderedVariant;
import dev.printshop.photos.resizing.domain.RenderedVariant.Format;
import dev.printshop.shared.events.PhotoId;
import dev.printshop.shared.events.PhotoVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The variants adapter against S3's conditional requests. */
@Tag("component")
@ExtendWith(LocalCloudExtension.class)
class S3VariantsTest {

    private S3Client s3;
    private String bucket;
    private S3Variants variants;
    private PhotoId photo;
    private String key;

    @BeforeEach
    void openBucket(Stack stack, TestInfo test) {
        s3 = stack.client(S3Client.builder());
        bucket = stack.variantsBucket();
        variants = new S3Variants(s3, bucket);
        photo = new PhotoId(
                "component", Integer.toHexString(test.getDisplayName().hashCode()));
        key = "variants/%s/thumb.jpg".formatted(photo);
    }

    @Test
    void newVariant_isStoredWithItsTypeItsAgeInCachesAndItsSource() {
        // when
        boolean stored = variants.store(key, variant("one"), version(1));

        // then
        assertThat(stored).isTrue();
        var head = s3.headObject(h -> h.bucket(bucket).key(key));
        assertThat(head.contentType()).isEqualTo("image/jpeg");
        assertThat(head.cacheControl()).isEqualTo("public, max-age=43200");
        assertThat(head.metadata()).containsEntry("source-version", version(1).value());
    }

    @Test
    void newerVersion_replacesAnOlderOne() {
        variants.store(key, variant("one"), version(1));

        assertThat(variants.store(key, variant("two"), version(2))).isTrue();
        assertThat(content(key)).isEqualTo("two");
    }

    @Test
    void sameVersionAgain_isStoredAgain() {
        variants.store(key, variant("one"), version(1));

        assertThat(variants.store(key, variant("one"), version(1))).isTrue();
        assertThat(content(key)).isEqualTo("one");
    }

    @Test
    void olderVersion_leavesANewerOneAlone() {
        variants.store(key, variant("two"), version(2));

        assertThat(variants.store(key, variant("one"), version(1))).isFalse();
        assertThat(content(key)).isEqualTo("two");
    }

    @Test
    void versionsStoredAtTheSameTime_endInTheNewest() throws Exception {
        // when
        List<Callable<Boolean>> stores = IntStream.rangeClosed(1, 4)
                .<Callable<Boolean>>mapToObj(v -> () -> variants.store(key, variant("version " + v), version(v)))
                .toList();
        try (ExecutorService writers = Executors.newFixedThreadPool(stores.size())) {
            for (Future<Boolean> store : writers.invokeAll(stores)) {
                store.get();
            }
        }

        // then
        assertThat(content(key)).isEqualTo("version 4");
    }

    @Test
    void remove_takesOldVariantsOfThisPhotoOnly_butForThoseToKeep() {
        // given
        String kept = "variants/%s/large.jpg".formatted(photo);
        String newer = "variants/%s/small.jpg".formatted(photo);
        String others = "variants/%s-2/thumb.jpg".formatted(photo);
        variants.store(key, variant("old"), version(1));
        variants.store(kept, variant("kept"), version(1));
        variants.store(newer, variant("newer"), version(3));
        variants.store(others, variant("another's"), version(1));

        // when
        variants.remove(photo, version(2), Set.of(kept));

        // then
        assertThat(keysBelow("variants/%s".formatted(photo))).containsExactlyInAnyOrder(kept, newer, others);
    }

    @Test
    void removeOfNothing_isDoneAtOnce() {
        variants.remove(photo, version(1), Set.of());

        assertThat(keysBelow("variants/%s".formatted(photo))).isEmpty();
    }

    private List<String> keysBelow(String prefix) {
        return s3.listObjectsV2(list -> list.bucket(bucket).prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private String content(String key) {
        return s3.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asUtf8String();
    }

    private static RenderedVariant variant(String content) {
        return new RenderedVariant("thumb", 150, 150, Format.JPEG, content.getBytes(StandardCharsets.UTF_8));
    }

    private static PhotoVersion version(int number) {
        return PhotoVersion.ofSequencer("%04X".formatted(number));
    }
}
