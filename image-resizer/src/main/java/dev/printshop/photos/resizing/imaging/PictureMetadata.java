package dev.printshop.photos.resizing.imaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.awt.color.ICC_Profile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.InflaterInputStream;

/**
 * What a file says about its pixels that ImageIO does not pass on. Broken metadata does not spoil a picture: it counts
 * as absent.
 *
 * @param orientation how to turn the picture upright
 * @param profile the colour space of JPEG, PNG and WebP files; those of the other formats are in the decoded picture
 */
record PictureMetadata(Orientation orientation, Optional<ICC_Profile> profile) {

    private static final int MAX_PROFILE_BYTES = 4 << 20;
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
        } catch (IndexOutOfBoundsException | BufferUnderflowException | IllegalArgumentException brokenStructure) {
            // What was found before the break is still good; the decoder judges the rest of the file.
        }
        return new PictureMetadata(orientation(finds.exif), profile(finds.profile.toByteArray()));
    }

    private static void readJpegSegments(byte[] file, Finds finds) {
        // EXIF data of more than 64 kB is continued in further segments. A second set of data counts as such a
        // continuation, so that its directory plays no part.
        ByteArrayOutputStream exif = new ByteArrayOutputStream();
        Map<Integer, ByteBuffer> profileParts = new TreeMap<>();
        JpegSegments.forEach(file, (marker, content) -> {
            if (marker == JpegSegments.APP1 && startsWith(content, EXIF_PREFIX) && exif.size() < MAX_EXIF_BYTES) {
                exif.write(content.array(), content.arrayOffset() + 6, content.remaining() - 6);
            } else if (marker == JpegSegments.APP2
                    && startsWith(content, "ICC_PROFILE\0")
                    && content.remaining() > 14) {
                int number = content.get(12) & 0xff;
                profileParts.put(number, content.slice(14, content.remaining() - 14));
            }
        });
        finds.addExif(ByteBuffer.wrap(exif.toByteArray()));
        profileParts.values().forEach(part -> finds.profile.write(part.array(), part.arrayOffset(), part.remaining()));
    }

    private static void readPngChunks(byte[] file, Finds finds) {
        ByteBuffer png = ByteBuffer.wrap(file).position(8);
        while (png.remaining() >= 12) {
            int length = png.getInt();
            String type = fourCharacters(png);
            ByteBuffer content = png.slice(png.position(), length);
            switch (type) {
                case "eXIf" -> finds.addExif(content);
                case "iCCP" -> inflateProfile(content, finds);
                default -> {}
            }
            png.position(png.position() + length + 4);
        }
    }

    /** An iCCP chunk is a name that ends with a zero, the compression method, and the compressed profile. */
    private static void inflateProfile(ByteBuffer chunk, Finds finds) {
        while (chunk.hasRemaining() && chunk.get() != 0) {
            // the name plays no part
        }
        if (!chunk.hasRemaining()) {
            return;
        }
        chunk.get();
        try (var inflater = new InflaterInputStream(
                new ByteArrayInputStream(chunk.array(), chunk.arrayOffset() + chunk.position(), chunk.remaining()))) {
            // Bounded, because a few kilobytes may inflate to gigabytes.
            finds.profile.writeBytes(inflater.readNBytes(MAX_PROFILE_BYTES));
        } catch (IOException brokenCompression) {
            finds.profile.reset();
        }
    }

    private static void readWebpChunks(byte[] file, Finds finds) {
        WebpFile.forEachChunk(file, (type, content) -> {
            switch (type) {
                case "EXIF" -> finds.addExif(content);
                case "ICCP" -> finds.profile.write(content.array(), content.arrayOffset(), content.remaining());
                default -> {}
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

    private static Optional<ICC_Profile> profile(byte[] profile) {
        try {
            return profile.length == 0 ? Optional.empty() : Optional.of(ICC_Profile.getInstance(profile));
        } catch (IllegalArgumentException notAProfile) {
            return Optional.empty();
        }
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
        private final ByteArrayOutputStream profile = new ByteArrayOutputStream();

        /** Takes EXIF data; the first that a file has counts. */
        void addExif(ByteBuffer content) {
            if (!exif.hasRemaining()) {
                // Some writers keep the prefix that EXIF has in a JPEG.
                exif = startsWith(content, EXIF_PREFIX) ? content.slice(6, content.remaining() - 6) : content;
            }
        }
    }
}
