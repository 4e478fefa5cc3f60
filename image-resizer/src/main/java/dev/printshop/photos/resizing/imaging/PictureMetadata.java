package dev.printshop.photos.resizing.imaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.printshop.jpeg.JpegSegments;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Metadata about a file's pixels that ImageIO does not provide. Damaged metadata counts as absent.
 *
 * @param orientation how to turn the picture upright
 * @param colours the colour space that the file describes
 * @param tiff the first directory of a TIFF file
 */
record PictureMetadata(Orientation orientation, Optional<Colours> colours, Optional<TiffDirectory> tiff) {

    private static final int MAX_EXIF_BYTES = 1 << 20;
    private static final int ORIENTATION_TAG = 0x0112;
    private static final String EXIF_PREFIX = "Exif\0\0";

    static PictureMetadata of(PictureFormat format, byte[] file) {
        Finds finds = new Finds();
        try {
            switch (format) {
                case JPEG -> readJpegSegments(file, finds);
                case PNG -> readPngChunks(file, finds);
                case WEBP -> readWebpChunks(file, finds);
                case TIFF -> finds.addExif(ByteBuffer.wrap(file));
                case GIF, BMP -> {}
            }
        } catch (IndexOutOfBoundsException | BufferUnderflowException | IllegalArgumentException _) {
            // Metadata before the damage is still valid; the decoder checks the rest of the file.
        }
        return new PictureMetadata(
                orientation(finds.exif),
                FileColours.of(format, file),
                format == PictureFormat.TIFF ? TiffDirectory.first(ByteBuffer.wrap(file)) : Optional.empty());
    }

    private static void readJpegSegments(byte[] file, Finds finds) {
        // EXIF data of more than 64 kB is continued in further segments. A second set of data counts as such a
        // continuation, so that its directory is ignored.
        ByteArrayOutputStream exif = new ByteArrayOutputStream();
        JpegSegments.forEach(file, (marker, content) -> {
            if (marker == JpegSegments.APP1 && startsWith(content, EXIF_PREFIX) && exif.size() < MAX_EXIF_BYTES) {
                exif.write(content.array(), content.arrayOffset() + 6, content.remaining() - 6);
            }
        });
        finds.addExif(ByteBuffer.wrap(exif.toByteArray()));
    }

    private static void readPngChunks(byte[] file, Finds finds) {
        ByteBuffer png = ByteBuffer.wrap(file).position(8);
        while (png.remaining() >= 12) {
            int length = png.getInt();
            String type = fourCharacters(png);
            ByteBuffer content = png.slice(png.position(), length);
            if (type.equals("eXIf")) {
                finds.addExif(content);
            }
            png.position(png.position() + length + 4);
        }
    }

    private static void readWebpChunks(byte[] file, Finds finds) {
        WebpFile.forEachChunk(file, (type, content) -> {
            if (type.equals("EXIF")) {
                finds.addExif(content);
            }
            return true;
        });
    }

    private static Orientation orientation(ByteBuffer exif) {
        return TiffDirectory.first(exif)
                .flatMap(directory -> directory.integer(ORIENTATION_TAG))
                .map(Orientation::ofTag)
                .orElse(Orientation.TOP_LEFT);
    }

    private static boolean startsWith(ByteBuffer content, String prefix) {
        byte[] expected = prefix.getBytes(ISO_8859_1);
        return content.remaining() >= expected.length
                && content.slice(0, expected.length).equals(ByteBuffer.wrap(expected));
    }

    private static String fourCharacters(ByteBuffer buffer) {
        byte[] characters = new byte[4];
        buffer.get(characters);
        return new String(characters, ISO_8859_1);
    }

    private static final class Finds {
        private ByteBuffer exif = ByteBuffer.allocate(0);

        /** Receives EXIF data; only the first of a file is used. */
        void addExif(ByteBuffer content) {
            if (!exif.hasRemaining()) {
                // Some writers include the prefix of EXIF in a JPEG.
                exif = startsWith(content, EXIF_PREFIX) ? content.slice(6, content.remaining() - 6) : content;
            }
        }
    }
}
