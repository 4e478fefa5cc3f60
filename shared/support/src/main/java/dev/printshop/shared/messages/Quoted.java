package dev.printshop.shared.messages;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Input in a form that is safe for an error message or a log line: without line breaks and other control characters,
 * and truncated between code points.
 */
public final class Quoted {

    private static final int MAX_NAME_LENGTH = 300;
    private static final int MAX_LINE_LENGTH = 1_000;

    /** Longer texts, and those with other characters, may be a person's name, an address or a token. */
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9_./+-]{0,18}");

    private static final Pattern HARMLESS_CHARACTER = Pattern.compile("[A-Za-z0-9_./+-]");

    private Quoted() {}

    /**
     * An unexpected value. It is repeated, in quotes, if it cannot be private; otherwise it is described: {@code a text
     * of 23 characters with U+0040 at 7}.
     */
    public static String value(String input) {
        if (HARMLESS.matcher(input).matches()) {
            return "'" + input + "'";
        }
        int[] codePoints = input.codePoints().toArray();
        String length = "a text of %d characters".formatted(codePoints.length);
        for (int i = 0; i < codePoints.length; i++) {
            if (!HARMLESS_CHARACTER.matcher(Character.toString(codePoints[i])).matches()) {
                return length + " with U+%04X at %d".formatted(codePoints[i], i + 1);
            }
        }
        return length;
    }

    /**
     * The name of something that exists elsewhere and that its owner chose, such as the key of an object in S3. It is
     * repeated, in quotes, because it identifies the subject of the line.
     */
    public static String name(String input) {
        return "'" + printable(input.replace("\\", "\\\\").replace("'", "\\'"), MAX_NAME_LENGTH) + "'";
    }

    /** An external message as a part of a line: that of a service or of a library's exception. */
    public static String line(@Nullable String message) {
        return printable(String.valueOf(message), MAX_LINE_LENGTH);
    }

    private static String printable(String text, int longest) {
        StringBuilder printable = new StringBuilder();
        text.codePoints().limit(longest).forEach(codePoint -> {
            if (isPrintable(codePoint)) {
                printable.appendCodePoint(codePoint);
            } else {
                printable.append("\\u{%X}".formatted(codePoint));
            }
        });
        return text.codePointCount(0, text.length()) > longest ? printable + "…" : printable.toString();
    }

    /**
     * Excluded are controls, line and paragraph separators, bidirectional and other format characters, and unpaired
     * surrogates.
     */
    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
