package dev.printshop.events.photos;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Identifies one photo: its owner, and which of the owner's photos it is.
 *
 * <p>A photo's id is the name of the uploaded file, extension included, so that one key of the uploads bucket is one
 * photo. Accepted names have 1 to 128 code points, each a letter, combining mark or decimal digit of any script, a
 * space or one of {@code . _ - ( ) + , @}; {@code .} and {@code ..} are not accepted. A file with any other name is
 * identified by a stand-in, see {@link #ofFile}. An id has at most 512 bytes in UTF-8, which leaves room in the keys of
 * S3 and DynamoDB (1024 bytes each).
 *
 * @param owner the customer's id, {@code [A-Za-z0-9_-]{1,64}}
 * @param id the photo's id, unique for its owner: an accepted file name, or a stand-in for another one
 */
public record PhotoId(String owner, String id) {

    /** Characters of accepted names, within brackets. */
    private static final String ACCEPTED = "\\p{L}\\p{M}\\p{Nd} ._\\-()+,@";

    private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern NOT_IN_OWNER = Pattern.compile("[^A-Za-z0-9_-]");
    private static final Pattern FILE_NAME = Pattern.compile("(?!\\.{1,2}$)[" + ACCEPTED + "]{1,128}");

    /** No accepted name contains a tilde, so no stand-in is the id of another file. */
    private static final Pattern STAND_IN = Pattern.compile("[" + ACCEPTED + "]{0,100}~[0-9a-f]{16}");

    private static final Pattern NOT_ACCEPTED = Pattern.compile("[^" + ACCEPTED + "]");
    private static final int KEPT_CODE_POINTS = 100;
    private static final int HASH_DIGITS = 16;

    public PhotoId {
        if (!OWNER.matcher(owner).matches()) {
            throw new IllegalArgumentException(
                    "owner must be 1 to 64 of the characters A-Z a-z 0-9 _ -, but " + whatIsWrong(owner, NOT_IN_OWNER));
        }
        if (!FILE_NAME.matcher(id).matches() && !STAND_IN.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "photoId must be 1 to 128 letters, digits, spaces or any of . _ - ( ) + , @, and not . or .., but "
                            + whatIsWrong(id, NOT_ACCEPTED));
        }
    }

    /** Describes a value without repeating it: it may be of any length, may be private, and may contain line breaks. */
    private static String whatIsWrong(String value, Pattern notAccepted) {
        if (value.isEmpty()) {
            return "is empty";
        }
        Matcher character = notAccepted.matcher(value);
        return character.find()
                ? "contains U+%04X".formatted(value.codePointAt(character.start()))
                : "has %d".formatted(value.codePointCount(0, value.length()));
    }

    /**
     * The photo of a file. If its name is not accepted, the id is a stand-in: the first 100 characters of the name with
     * {@code _} for each that is not accepted, then {@code ~} and the first 16 hexadecimal digits of the SHA-256 digest
     * of the whole name.
     *
     * @param name the file's name after its owner, of any length and any characters
     * @throws IllegalArgumentException when the owner is not valid
     */
    public static PhotoId ofFile(String owner, String name) {
        return new PhotoId(owner, FILE_NAME.matcher(name).matches() ? name : standIn(name));
    }

    private static String standIn(String name) {
        int kept = name.offsetByCodePoints(0, Math.min(KEPT_CODE_POINTS, name.codePointCount(0, name.length())));
        String readable = NOT_ACCEPTED.matcher(name.substring(0, kept)).replaceAll("_");
        return readable + "~" + sha256(name).substring(0, HASH_DIGITS);
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the id is the file's name, and not a stand-in for a name that is not accepted. */
    public boolean isFileName() {
        return FILE_NAME.matcher(id).matches();
    }

    @Override
    public String toString() {
        return owner + "/" + id;
    }
}
