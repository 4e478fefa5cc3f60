package dev.printshop.photos.resizing.imaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.printshop.photos.resizing.domain.RejectionReason;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The first frame of a WebP file and its place on the canvas (RFC 9649, section 2). The file's only frame when it is
 * not animated. All fields are read from headers, without decoding.
 *
 * @param canvasWidth the width of the whole picture in pixels
 * @param canvasHeight the height of the whole picture in pixels
 * @param left how far the frame is from the left edge of the canvas, in pixels
 * @param top how far the frame is from the upper edge of the canvas, in pixels
 * @param width the width of the frame in pixels
 * @param height the height of the frame in pixels
 * @param alpha the chunk with the frame's opacity; empty if it has none, or if it is lossless and contains its opacity
 * @param bitstream the chunk with the frame's pixels, lossy or lossless
 */
record WebpFile(
        int canvasWidth,
        int canvasHeight,
        int left,
        int top,
        int width,
        int height,
        ByteBuffer alpha,
        ByteBuffer bitstream) {

    /** Receives a chunk. */
    @FunctionalInterface
    interface Visitor {
        /**
         * Receives a chunk.
         *
         * @param type its four characters
         * @param content little-endian
         * @return whether to continue with the next chunk
         */
        boolean visit(String type, ByteBuffer content);
    }

    /**
     * Reads the headers.
     *
     * @throws RefusedException when the file has no complete frame, or its sizes contradict each other
     */
    static WebpFile read(byte[] file) throws RefusedException {
        try {
            Reader reader = new Reader();
            forEachChunk(file, reader::visit);
            return reader.webp();
        } catch (IndexOutOfBoundsException | BufferUnderflowException | IllegalArgumentException e) {
            throw new RefusedException(RejectionReason.DAMAGED, e);
        }
    }

    /**
     * Visits the chunks of a file in their order, until the visitor returns false. A truncated chunk at the end is
     * omitted.
     */
    static void forEachChunk(byte[] file, Visitor visitor) {
        forEachChunk(ByteBuffer.wrap(file).position(12), visitor);
    }

    private static void forEachChunk(ByteBuffer chunks, Visitor visitor) {
        chunks.order(ByteOrder.LITTLE_ENDIAN);
        boolean more = true;
        while (more && chunks.remaining() >= 8) {
            byte[] type = new byte[4];
            chunks.get(type);
            long length = Integer.toUnsignedLong(chunks.getInt());
            int present = (int) Math.min(length, chunks.remaining());
            ByteBuffer content = chunks.slice(chunks.position(), present).order(ByteOrder.LITTLE_ENDIAN);
            more = present == length && visitor.visit(new String(type, ISO_8859_1), content);
            // A chunk of odd length is followed by a padding byte.
            chunks.position((int) Math.min(chunks.position() + length + length % 2, chunks.limit()));
        }
    }

    /**
     * Whether the pixels are stored without loss. Then the decoder holds all of them, four bytes each, outside the
     * heap.
     */
    boolean isLossless() {
        return bitstream.get(0) == Reader.LOSSLESS_SIGNATURE;
    }

    /** Whether the frame covers the canvas, as the only one of a file that is not animated does. */
    boolean coversCanvas() {
        return width == canvasWidth && height == canvasHeight;
    }

    /**
     * The frame as a separate file without metadata: decoders read only single frames, and metadata can't cause
     * failures.
     */
    byte[] toSingleFrameFile() {
        boolean extended = alpha.hasRemaining();
        int length = 12 + (extended ? 18 + chunkLength(alpha) : 0) + chunkLength(bitstream);
        ByteBuffer file = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(bytes("RIFF")).putInt(length - 8).put(bytes("WEBP"));
        if (extended) {
            file.put(bytes("VP8X")).putInt(10).putInt(Reader.ALPHA_FLAG);
            put24(file, width - 1);
            put24(file, height - 1);
            putChunk(file, "ALPH", alpha);
        }
        putChunk(file, isLossless() ? "VP8L" : "VP8 ", bitstream);
        return file.array();
    }

    private static int chunkLength(ByteBuffer content) {
        return 8 + content.remaining() + content.remaining() % 2;
    }

    private static void putChunk(ByteBuffer file, String type, ByteBuffer content) {
        file.put(bytes(type)).putInt(content.remaining()).put(content.duplicate());
        if (content.remaining() % 2 == 1) {
            file.put((byte) 0);
        }
    }

    private static void put24(ByteBuffer file, int value) {
        file.putShort((short) value).put((byte) (value >> 16));
    }

    private static byte[] bytes(String type) {
        return type.getBytes(ISO_8859_1);
    }

    /** Collects the first frame. */
    private static final class Reader {
        private static final int LOSSLESS_SIGNATURE = 0x2f;
        private static final int ALPHA_FLAG = 0x10;
        private static final int LOSSY_START_CODE = 0x2a019d;

        private int canvasWidth;
        private int canvasHeight;
        private int left;
        private int top;
        private int declaredWidth;
        private int declaredHeight;
        private ByteBuffer alpha = ByteBuffer.allocate(0);
        private ByteBuffer bitstream = ByteBuffer.allocate(0);

        /** Receives a chunk of the file. */
        boolean visit(String type, ByteBuffer content) {
            switch (type) {
                case "VP8X" -> {
                    canvasWidth = 1 + get24(content, 4);
                    canvasHeight = 1 + get24(content, 7);
                    declaredWidth = canvasWidth;
                    declaredHeight = canvasHeight;
                }
                case "ANMF" -> {
                    left = 2 * get24(content, 0);
                    top = 2 * get24(content, 3);
                    declaredWidth = 1 + get24(content, 6);
                    declaredHeight = 1 + get24(content, 9);
                    forEachChunk(content.position(16).slice(), this::visitFrame);
                    return false;
                }
                default -> {
                    return visitFrame(type, content);
                }
            }
            return true;
        }

        /** Receives a chunk of a frame. Nested frames are ignored at any depth. */
        private boolean visitFrame(String type, ByteBuffer content) {
            switch (type) {
                case "ALPH" -> alpha = content;
                case "VP8 ", "VP8L" -> {
                    bitstream = content;
                    return false;
                }
                default -> {} // metadata, and what later versions of the format may add
            }
            return true;
        }

        WebpFile webp() {
            boolean lossless = bitstream.get(0) == LOSSLESS_SIGNATURE;
            int size = bitstream.getInt(lossless ? 1 : 6);
            int width = lossless ? 1 + (size & 0x3fff) : size & 0x3fff;
            int height = lossless ? 1 + (size >> 14 & 0x3fff) : size >> 16 & 0x3fff;
            require(lossless || get24(bitstream, 3) == LOSSY_START_CODE, "Neither lossy nor lossless");
            require(width > 0 && height > 0, "No size");
            if (declaredWidth == 0) {
                return new WebpFile(width, height, 0, 0, width, height, alpha, bitstream);
            }
            require(width == declaredWidth && height == declaredHeight, "The frame is not as large as declared");
            require(left + width <= canvasWidth && top + height <= canvasHeight, "The frame is beside its canvas");
            return new WebpFile(
                    canvasWidth,
                    canvasHeight,
                    left,
                    top,
                    width,
                    height,
                    lossless ? ByteBuffer.allocate(0) : alpha,
                    bitstream);
        }

        private static int get24(ByteBuffer content, int index) {
            return Short.toUnsignedInt(content.getShort(index)) | (content.get(index + 2) & 0xff) << 16;
        }

        private static void require(boolean condition, String otherwise) {
            if (!condition) {
                throw new IllegalArgumentException(otherwise);
            }
        }
    }
}
