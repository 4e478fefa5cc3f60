package dev.printshop.shared.aws;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Writes JSON values in CBOR, the encoding in which Kinesis answers: objects, lists, texts of less than 64 KB, and
 * integers from 0 to 65,535.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8949.html#section-3">RFC 8949</a>
 */
final class Cbor {

    private static final int INTEGER = 0;
    private static final int TEXT = 3;
    private static final int LIST = 4;
    private static final int MAP = 5;

    /** The additional information of a head: up to 23, the number itself; 25: the number follows in two bytes. */
    private static final int MAX_IN_HEAD = 23;

    private static final int IN_TWO_BYTES = 25;

    private static final int BITS_OF_INFORMATION = 5;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private Cbor() {}

    static byte[] encode(Map<String, ?> value) {
        Cbor cbor = new Cbor();
        cbor.write(value);
        return cbor.bytes.toByteArray();
    }

    private void write(Object value) {
        switch (value) {
            case Map<?, ?> map -> {
                head(MAP, map.size());
                map.forEach((name, member) -> {
                    write(name);
                    write(member);
                });
            }
            case List<?> list -> {
                head(LIST, list.size());
                list.forEach(this::write);
            }
            case String text -> {
                byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                head(TEXT, utf8.length);
                bytes.writeBytes(utf8);
            }
            case Integer number -> head(INTEGER, number);
            default -> throw new IllegalArgumentException("Not a value that Kinesis answers: " + value.getClass());
        }
    }

    private void head(int type, int number) {
        if (number <= MAX_IN_HEAD) {
            bytes.write(type << BITS_OF_INFORMATION | number);
        } else {
            bytes.write(type << BITS_OF_INFORMATION | IN_TWO_BYTES);
            bytes.write(number >> Byte.SIZE);
            bytes.write(number);
        }
    }
}
