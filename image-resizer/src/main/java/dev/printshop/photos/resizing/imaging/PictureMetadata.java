package dev.printshop.photos.resizing.imaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.awt.color.ICC_Profile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.InflaterInputStream;

/**
 * What a file says about its pixels that ImageIO does not pass on. Broken metadata does not spoil a picture: it counts
 * as absent.
 *
 * @param orientation how to turn the picture upright
 * @param profile the colour space of JPEG and PNG files; those of the other formats are in the decoded picture
 */
record PictureMetadata(Orientation orientation, Optional<ICC_Profile> profile) {

    private static final int MAX_PROFILE_BYTES = 4 << 20;
    private static final int ORIENTATION_TAG = 0x0112;

    static PictureMetadata of(PictureFormat format, byte[] file) {
        Finds finds = new Finds();
        try {
            switch (format) {
                case JPEG -> readJpegSegments(file, finds);
                case PNG -> readPngChunks(file, finds);
                case WEBP -> readWebpChunks(file, finds);
                case TIFF -> finds.exif = ByteBuffer.wrap(file);
                case GIF, BMP -> {}
            }
        } catch (IndexOutOfBoundsException | BufferUnderflowException | IllegalArgumentException brokenStructure) {
            // What was found before the break is still good; the decoder judges the rest of the file.
        }
        return new PictureMetadata(orientation(finds.exif), profile(finds.profile.toByteArray()));
    }

    private static void readJpegSegments(byte[] file, Finds finds) {
        Map<Integer, ByteBuffer> profileParts = new TreeMap<>();
        JpegSegments.forEach(file, (marker, content) -> {
            if (marker == JpegSegments.APP1 && startsWith(content, "Exif\0\0")) {
                finds.exif = content.slice(6, content.remaining() - 6);
            } else if (marker == JpegSegments.APP2 && startsWith(content, "ICC_PROFILE\0")) {
                int number = content.get(12);
                profileParts.put(number, content.slice(14, content.remaining() - 14));
            }
        });
        profileParts.values().forEach(part -> finds.profile.write(part.array(), part.arrayOffset(), part.remaining()));
    }

    private static void readPngChunks(byte[] file, Finds finds) {
        ByteBuffer png = ByteBuffer.wrap(file).position(8);
        while (png.remaining() >= 12) {
            int length = png.getInt();
            String type = fourCharacters(png);
            ByteBuffer content = png.slice(png.position(), length);
            switch (type) {
                case "eXIf" -> finds.exif = content;
                case "iCCP" -> inflateProfile(content, finds);
                default -> {}
            }
            png.position(png.position() + length + 4);
        }
    }

    /** An iCCP chunk is a name that ends with a zero, the compression method, and the compressed profile. */
    private static void inflateProfile(ByteBuffer chunk, Finds finds) {
        while (chunk.get() != 0) {
            // the name plays no part
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
        ByteBuffer webp = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(12);
        while (webp.remaining() >= 8) {
            String type = fourCharacters(webp);
            int length = webp.getInt();
            if (type.equals("EXIF")) {
                ByteBuffer content = webp.slice(webp.position(), length);
                // Some writers keep the prefix that EXIF has in a JPEG.
                finds.exif = startsWith(content, "Exif\0\0") ? content.slice(6, length - 6) : content;
            }
            webp.position(webp.position() + length + length % 2);
        }
    }

    /** Reads the tag from the first directory of a TIFF structure, which is what EXIF data is. */
    private static Orientation orientation(ByteBuffer exif) {
        try {
            exif.order(exif.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            int directory = exif.getInt(4);
            int entries = Short.toUnsignedInt(exif.getShort(directory));
            for (int entry = directory + 2; entry < directory + 2 + 12 * entries; entry += 12) {
                if (Short.toUnsignedInt(exif.getShort(entry)) == ORIENTATION_TAG) {
                    return Orientation.ofTag(exif.getShort(entry + 8));
                }
            }
        } catch (IndexOutOfBoundsException brokenStructure) {
            return Orientation.TOP_LEFT;
        }
        return Orientation.TOP_LEFT;
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
    }
}
