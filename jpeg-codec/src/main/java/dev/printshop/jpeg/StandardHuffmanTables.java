package dev.printshop.jpeg;

import java.nio.ByteBuffer;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;

/**
 * The tables of ITU-T T.81, K.3.3. The frames of films (Motion JPEG) and the pictures of some webcams use these tables
 * and don't contain them.
 */
public final class StandardHuffmanTables {

    private static final int MARKER = 0xc4;

    private StandardHuffmanTables() {}

    /** The content of a segment that defines the tables 0 and 1 for DC and for AC coefficients. */
    static ByteBuffer content() {
        ByteBuffer content = ByteBuffer.allocate(1024);
        put(content, 0x00, JPEGHuffmanTable.StdDCLuminance);
        put(content, 0x10, JPEGHuffmanTable.StdACLuminance);
        put(content, 0x01, JPEGHuffmanTable.StdDCChrominance);
        put(content, 0x11, JPEGHuffmanTable.StdACChrominance);
        return content.flip();
    }

    /** The segment with its marker and length. */
    public static byte[] segment() {
        ByteBuffer content = content();
        ByteBuffer segment = ByteBuffer.allocate(4 + content.remaining());
        segment.put((byte) 0xff).put((byte) MARKER).putShort((short) (2 + content.remaining()));
        return segment.put(content).array();
    }

    private static void put(ByteBuffer content, int classAndNumber, JPEGHuffmanTable table) {
        content.put((byte) classAndNumber);
        for (short count : table.getLengths()) {
            content.put((byte) count);
        }
        for (short symbol : table.getValues()) {
            content.put((byte) symbol);
        }
    }
}
