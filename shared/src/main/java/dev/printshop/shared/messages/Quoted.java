package dev.printshop.shared.messages;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Input as it may stand in an error message or a log line: without line breaks and other characters that change how the
 * rest of the line is read, and cut between code points.
 */
public final class Quoted {

    private static final int LONGEST_NAME = 300;
    private static final int LONGEST_LINE = 1_000;

    /** Longer texts, and those with other characters, may be a person's name, an address or a token. */
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9_./+-]{0,18}");

    private static final Pattern HARMLESS_CHARACTER = Pattern.compile("[A-Za-z0-9_./+-]");

    private Quoted() {}

    /**
     * A value that is not what was expected. It is repeated, in quotes, if it can't be anything private; else it is
     * described: {@code a text of 23 characters with U+0040 at 7}.
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
     * repeated, in quotes: without it, what the line is about can't be found.
     */
    public static String name(String input) {
        return "'" + printable(input.replace("\\", "\\\\").replace("'", "\\'"), LONGEST_NAME) + "'";
    }

    /** Another's message as a part of a line: a service's, or that of a library's exception. */
    public static String line(@Nullable String message) {
        return printable(String.valueOf(message), LONGEST_LINE);
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

    /** Not so: controls, line and paragraph separators, bidirectional and other format characters, half characters. */
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
