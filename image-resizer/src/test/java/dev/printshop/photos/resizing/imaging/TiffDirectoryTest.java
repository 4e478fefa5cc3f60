package dev.printshop.photos.resizing.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class TiffDirectoryTest {

    private static final int ORIENTATION = 274;
    private static final int EXTRA_SAMPLES = 338;
    private static final short BYTE = 1;

    @Test
    void entryBehindThoseThatTheOutlineReads_isAbsent() {
        ByteBuffer last = directoryOf(4_096)
                .putShort((short) ORIENTATION)
                .putShort(BYTE)
                .putInt(1)
                .put((byte) 6);
        ByteBuffer oneMore = directoryOf(4_097)
                .putShort((short) ORIENTATION)
                .putShort(BYTE)
                .putInt(1)
                .put((byte) 6);

        assertThat(read(last).integer(ORIENTATION)).contains(6L);
        assertThat(read(oneMore).integer(ORIENTATION)).isEmpty();
    }

    @Test
    void listOfMoreNumbersThanAPixelHasSamples_isAbsent() {
        ByteBuffer longest = directoryOf(1)
                .putShort((short) EXTRA_SAMPLES)
                .putShort(BYTE)
                .putInt(64)
                .putInt(8);
        ByteBuffer oneMore = directoryOf(1)
                .putShort((short) EXTRA_SAMPLES)
                .putShort(BYTE)
                .putInt(65)
                .putInt(8);

        assertThat(read(longest).integers(EXTRA_SAMPLES)).hasSize(64);
        assertThat(read(oneMore).integers(EXTRA_SAMPLES)).isEmpty();
    }

    /** A TIFF whose last entry is to be written. */
    private static ByteBuffer directoryOf(int entries) {
        ByteBuffer tiff = ByteBuffer.allocate(100 + 12 * entries).order(ByteOrder.LITTLE_ENDIAN);
        tiff.put(new byte[] {'I', 'I', 42, 0}).putInt(8).putShort((short) entries);
        return tiff.position(10 + 12 * (entries - 1));
    }

    private static TiffDirectory read(ByteBuffer tiff) {
        return TiffDirectory.first(tiff.rewind()).orElseThrow();
    }
}
