package dev.printshop.photos.resizing.domain;

import dev.printshop.shared.events.PhotoId;
import dev.printshop.shared.messages.Quoted;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key of an upload: {@code uploads/{owner}/{photoId}.{extension}}.
 *
 * @param photo the photo that the key names
 * @param value the key itself
 */
public record UploadKey(PhotoId photo, String value) {

    private static final Pattern FORM =
            Pattern.compile("uploads/(?<owner>[A-Za-z0-9_-]{1,64})/(?<id>[A-Za-z0-9_-]{1,64})\\.[A-Za-z0-9]{1,16}");

    /**
     * Reads a key.
     *
     * @throws IllegalArgumentException when it doesn't have the form of an upload's key
     */
    public static UploadKey parse(String key) {
        Matcher form = FORM.matcher(key);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "An upload's key must be uploads/{owner}/{photoId}.{extension}, owner and photoId of 1 to 64 of the"
                            + " characters A-Z a-z 0-9 _ -, but is %s".formatted(Quoted.name(key)));
        }
        return new UploadKey(new PhotoId(form.group("owner"), form.group("id")), key);
    }
}
