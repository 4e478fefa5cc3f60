package dev.printshop.events.photos;

import dev.printshop.shared.messages.Quoted;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Identifies the state of a photo that an event describes. Versions of one photo are totally ordered: the greater one
 * is the later.
 *
 * <p>The value is the sequencer that S3 gives with every create and delete of an object, padded on the right with zeros
 * to a fixed width and in upper case, so that versions are compared as text, in Java or in a DynamoDB condition.
 *
 * @param value 32 hexadecimal digits in upper case
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">Event
 *     message structure</a> on comparing sequencers: pad the shorter on the right, then compare as text
 */
public record PhotoVersion(String value) implements Comparable<PhotoVersion> {

    private static final int WIDTH = 32;
    private static final Pattern FORM = Pattern.compile("[0-9A-F]{" + WIDTH + "}");

    public PhotoVersion {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("A photo version is %d upper-case hexadecimal digits, not %s"
                    .formatted(WIDTH, Quoted.value(value)));
        }
    }

    /**
     * The version that an S3 sequencer stands for.
     *
     * @throws IllegalArgumentException when the sequencer is empty, longer than 32 digits or not hexadecimal
     */
    public static PhotoVersion ofSequencer(String sequencer) {
        if (sequencer.isEmpty()) {
            throw new IllegalArgumentException("An S3 sequencer has at least one digit");
        }
        String padding = "0".repeat(Math.max(0, WIDTH - sequencer.length()));
        return new PhotoVersion(sequencer.toUpperCase(Locale.ROOT) + padding);
    }

    @Override
    public int compareTo(PhotoVersion other) {
        return value.compareTo(other.value);
    }

    /** Whether this version came after the other. */
    public boolean isAfter(PhotoVersion other) {
        return compareTo(other) > 0;
    }

    @Override
    public String toString() {
        return value;
    }
}
