package dev.printshop.shared.events;

import dev.printshop.shared.messages.Quoted;
import java.util.regex.Pattern;

/**
 * Names one photo: whose it is, and which of theirs.
 *
 * @param owner the customer's id, {@code [A-Za-z0-9_-]{1,64}}
 * @param id the photo's id, unique for its owner, {@code [A-Za-z0-9_-]{1,64}}
 */
public record PhotoId(String owner, String id) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public PhotoId {
        requireForm("owner", owner);
        requireForm("photoId", id);
    }

    private static void requireForm(String name, String value) {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("%s must be 1 to 64 of the characters A-Z a-z 0-9 _ -, but is %s"
                    .formatted(name, Quoted.value(value)));
        }
    }

    @Override
    public String toString() {
        return owner + "/" + id;
    }
}
