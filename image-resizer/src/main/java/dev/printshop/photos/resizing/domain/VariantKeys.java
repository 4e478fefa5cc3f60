package dev.printshop.photos.resizing.domain;

import dev.printshop.events.photos.PhotoId;
import dev.printshop.events.photos.PhotoVersion;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys of variants: {@code variants/{owner}/{photoId}/{version}-{content}/{name}.{jpg|png}}, where {@code content}
 * is a hash of all variants' bytes. Two invocations for the same event may read different uploads, if there is a change
 * between them, and may have different settings or renderers, during a deployment. Their keys differ if their variants
 * do. So the content of a key never changes and can be cached without limit.
 */
public final class VariantKeys {

    private static final int CONTENT_DIGITS = 8;
    private static final Pattern MADE_FOR =
            Pattern.compile("(?<version>[0-9A-F]{32})-[0-9a-f]{" + CONTENT_DIGITS + "}/.*", Pattern.DOTALL);

    private VariantKeys() {}

    /** The prefix of the keys of all variants of a photo, and of no others. */
    public static String prefix(PhotoId photo) {
        return "variants/%s/%s/".formatted(photo.owner(), photo.id());
    }

    /**
     * The common prefix of the keys of variants that were made together for a version of their photo.
     *
     * @param variants all of them
     */
    static String folder(PhotoId photo, PhotoVersion version, List<RenderedVariant> variants) {
        return "%s%s-%s/".formatted(prefix(photo), version.value(), hash(variants));
    }

    /** The key of a variant in its folder. */
    static String of(String folder, RenderedVariant variant) {
        return "%s%s.%s".formatted(folder, variant.name(), variant.format().extension());
    }

    /**
     * The version for which a photo's variant was made; empty for a key without one, which is older than any version.
     */
    public static Optional<PhotoVersion> version(PhotoId photo, String key) {
        Matcher madeFor = MADE_FOR.matcher(key.substring(prefix(photo).length()));
        return madeFor.matches() ? Optional.of(new PhotoVersion(madeFor.group("version"))) : Optional.empty();
    }

    /** Whether a photo's variant was made for one of the versions from the first to the last given, both included. */
    public static boolean isMadeFor(PhotoId photo, String key, PhotoVersion first, PhotoVersion last) {
        return version(photo, key)
                .filter(version -> !first.isAfter(version) && !version.isAfter(last))
                .isPresent();
    }

    private static String hash(List<RenderedVariant> variants) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            variants.forEach(variant -> digest.update(variant.content()));
            return HexFormat.of().formatHex(digest.digest()).substring(0, CONTENT_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
