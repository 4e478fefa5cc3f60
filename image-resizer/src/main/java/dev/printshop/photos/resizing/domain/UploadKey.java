package dev.printshop.photos.resizing.domain;

import dev.printshop.events.photos.PhotoId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key of an upload: {@code uploads/{owner}/{name}}. One key is one photo. Any name is allowed: if it is not
 * accepted as a photo's id, the photo has a stand-in for it, see {@link PhotoId#ofFile}.
 *
 * @param photo the photo that the key identifies
 * @param value the key itself
 */
public record UploadKey(PhotoId photo, String value) {

    private static final Pattern FORM =
            Pattern.compile("uploads/(?<owner>[A-Za-z0-9_-]{1,64})/(?<name>.*)", Pattern.DOTALL);

    /**
     * Reads a key.
     *
     * @throws IllegalArgumentException when it contains no valid owner; the message doesn't repeat the key
     */
    public static UploadKey parse(String key) {
        Matcher form = FORM.matcher(key);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "An upload's key must be uploads/{owner}/{name}, with an owner of 1 to 64 of"
                            + " the characters A-Z a-z 0-9 _ -");
        }
        return new UploadKey(PhotoId.ofFile(form.group("owner"), form.group("name")), key);
    }
}
