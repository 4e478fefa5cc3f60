package dev.printshop.photos.resizing.domain;

import dev.printshop.shared.events.PhotoId;
import dev.printshop.shared.events.PhotoVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys of variants: {@code variants/{owner}/{photoId}/{version}-{content}/{name}.{jpg|png}}, where {@code content}
 * is a hash of the upload's content id. Version and content together make the key of one picture: two invocations for
 * the same event may see different uploads, if there is a change between them. So what a key names never changes, and
 * may be cached without end.
 */
public final class VariantKeys {

    private static final int CONTENT_DIGITS = 8;
    private static final Pattern MADE_FOR =
            Pattern.compile("(?<version>[0-9A-F]{32})-[0-9a-f]{" + CONTENT_DIGITS + "}/.*", Pattern.DOTALL);

    private VariantKeys() {}

    /** What the keys of all variants of a photo begin with, and no others. */
    public static String prefix(PhotoId photo) {
        return "variants/%s/%s/".formatted(photo.owner(), photo.id());
    }

    /** The key of a variant that is made of an upload for a version of its photo. */
    static String of(Upload upload, PhotoVersion version, RenderedVariant variant) {
        return "%s%s-%s/%s.%s"
                .formatted(
                        prefix(upload.photo()),
                        version.value(),
                        hash(upload.contentId()),
                        variant.name(),
                        variant.format().extension());
    }

    /** The version that a photo's variant was made for; none for a key without one, which is older than any version. */
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

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, CONTENT_DIGITS);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
