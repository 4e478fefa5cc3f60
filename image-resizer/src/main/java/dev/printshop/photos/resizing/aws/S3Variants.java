package dev.printshop.photos.resizing.aws;

import dev.printshop.events.photos.PhotoId;
import dev.printshop.events.photos.PhotoVersion;
import dev.printshop.photos.resizing.domain.RenderedVariant;
import dev.printshop.photos.resizing.domain.VariantKeys;
import dev.printshop.photos.resizing.domain.Variants;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The variants in an S3 bucket. */
public final class S3Variants implements Variants {

    /** A year, the longest time of caches: the content of a key never changes. */
    private static final String CACHE_CONTROL = "public, max-age=31536000, immutable";

    private final S3Client s3;
    private final String bucket;

    public S3Variants(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public void store(String key, RenderedVariant variant) {
        s3.putObject(
                put -> put.bucket(bucket)
                        .key(key)
                        .contentType(variant.format().contentType())
                        .cacheControl(CACHE_CONTROL),
                RequestBody.fromBytes(variant.content()));
    }

    @Override
    public boolean holds(PhotoId photo, PhotoVersion first, PhotoVersion last, Set<String> otherThan) {
        return keys(photo).anyMatch(key -> !otherThan.contains(key) && VariantKeys.isMadeFor(photo, key, first, last));
    }

    @Override
    public void remove(PhotoId photo, PhotoVersion upTo, Set<String> keysToKeep) {
        keys(photo)
                .filter(key -> !keysToKeep.contains(key) && !isAfter(upTo, photo, key))
                .forEach(key -> s3.deleteObject(delete -> delete.bucket(bucket).key(key)));
    }

    private Stream<String> keys(PhotoId photo) {
        return s3
                .listObjectsV2Paginator(list -> list.bucket(bucket).prefix(VariantKeys.prefix(photo)))
                .contents()
                .stream()
                .map(S3Object::key);
    }

    private static boolean isAfter(PhotoVersion version, PhotoId photo, String key) {
        return VariantKeys.version(photo, key)
                .map(made -> made.isAfter(version))
                .orElse(false);
    }
}
