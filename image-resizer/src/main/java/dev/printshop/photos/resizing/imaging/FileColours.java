package dev.printshop.photos.resizing.imaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.InflaterInputStream;

/**
 * Reads the colour space that a file describes, and hides it from the readers of ImageIO, which treat it differently:
 * some convert, some ignore it, some fail. A broken description counts as absent.
 */
final class FileColours {

    private static final int MAX_PROFILE_BYTES = 4 << 20;
    private static final String JPEG_PROFILE = "ICC_PROFILE\0";
    private static final int COMMENT = 0xfe;

    /** Where the header of a PNG says what its pixels are. */
    private static final int PNG_COLOUR_TYPE = 25;

    private static final int PNG_COLOUR = 2;
    private static final int PNG_SIGNATURE_LENGTH = 8;

    private static final int TIFF_PROFILE = 34_675;
    private static final int TIFF_PRIVATE = 65_000;

    /** The fields of a BMP's header, version 5, counted from the beginning of the file. */
    private static final int BMP_HEADER = 14;

    private static final int BMP_SPACE = BMP_HEADER + 56;
    private static final int BMP_PROFILE_START = BMP_HEADER + 112;
    private static final int BMP_PROFILE_LENGTH = BMP_HEADER + 116;
    private static final int BMP_HEADER_LENGTH = 124;
    private static final int BMP_EMBEDDED = 'M' << 24 | 'B' << 16 | 'E' << 8 | 'D';
    private static final int BMP_SRGB = 's' << 24 | 'R' << 16 | 'G' << 8 | 'B';

    private FileColours() {}

    /** The colour space that a file describes; empty when there is none, or it is broken or of no use. */
    static Optional<Colours> of(PictureFormat format, byte[] file) {
        try {
            return switch (format) {
                case JPEG -> IccProfile.read(jpegProfile(file));
                case PNG -> pngColours(file);
                case WEBP -> IccProfile.read(webpProfile(file));
                case TIFF ->
                    TiffDirectory.first(ByteBuffer.wrap(file))
                            .flatMap(directory -> IccProfile.read(directory.content(TIFF_PROFILE)));
                case BMP -> IccProfile.read(bmpProfile(file));
                case GIF -> Optional.empty();
            };
        } catch (IndexOutOfBoundsException | BufferUnderflowException | IllegalArgumentException brokenStructure) {
            return Optional.empty();
        }
    }

    private static byte[] jpegProfile(byte[] file) {
        Map<Integer, ByteBuffer> parts = new TreeMap<>();
        try {
            JpegSegments.forEach(file, (marker, content) -> {
                if (isProfile(marker, content) && content.remaining() > JPEG_PROFILE.length() + 2) {
                    int number = content.get(JPEG_PROFILE.length()) & 0xff;
                    parts.putIfAbsent(
                            number, content.position(JPEG_PROFILE.length() + 2).slice());
                }
            });
        } catch (IndexOutOfBoundsException | BufferUnderflowException | IllegalArgumentException brokenStructure) {
            // The decoder judges the rest of the file.
        }
        ByteArrayOutputStream profile = new ByteArrayOutputStream();
        parts.values().forEach(part -> profile.write(part.array(), part.arrayOffset(), part.remaining()));
        return profile.toByteArray();
    }

    private static boolean isProfile(int marker, ByteBuffer content) {
        return marker == JpegSegments.APP2
                && text(content, 0, Math.min(content.remaining(), 12)).equals(JPEG_PROFILE);
    }

    /** The precedence is that of the PNG specification, third edition, 4.3: cICP, iCCP, sRGB, gAMA and cHRM. */
    private static Optional<Colours> pngColours(byte[] file) {
        ByteBuffer png = ByteBuffer.wrap(file).position(PNG_SIGNATURE_LENGTH);
        Map<String, ByteBuffer> chunks = new HashMap<>();
        while (png.remaining() >= 12) {
            int length = png.getInt();
            String type = text(png, png.position(), 4);
            if (type.equals("IDAT") || length < 0 || length > png.remaining() - 8) {
                break;
            }
            chunks.putIfAbsent(type, png.slice(png.position() + 4, length));
            png.position(png.position() + 4 + length + 4);
        }
        boolean grey = (file[PNG_COLOUR_TYPE] & PNG_COLOUR) == 0;
        int components = grey ? 1 : 3;
        return Optional.ofNullable(chunks.get("cICP"))
                .flatMap(chunk -> PngColours.ofCodePoints(chunk, components))
                .or(() -> Optional.ofNullable(chunks.get("iCCP"))
                        .flatMap(chunk -> IccProfile.read(inflated(chunk)))
                        .filter(colours -> colours.components() == components))
                .or(() -> Optional.ofNullable(chunks.get("sRGB"))
                        .map(chunk -> grey ? DefaultColours.GREY : DefaultColours.SRGB))
                .or(() -> PngColours.ofGamma(
                        Optional.ofNullable(chunks.get("gAMA")), Optional.ofNullable(chunks.get("cHRM")), components));
    }

    /** An iCCP chunk is a name that ends with a zero, the compression method, and the compressed profile. */
    private static byte[] inflated(ByteBuffer chunk) {
        while (chunk.get() != 0) {
            // the name plays no part
        }
        chunk.get();
        try (var inflater = new InflaterInputStream(
                new ByteArrayInputStream(chunk.array(), chunk.arrayOffset() + chunk.position(), chunk.remaining()))) {
            // Bounded, because a few kilobytes may inflate to gigabytes.
            return inflater.readNBytes(MAX_PROFILE_BYTES);
        } catch (IOException brokenCompression) {
            return new byte[0];
        }
    }

    private static byte[] webpProfile(byte[] file) {
        byte[][] profile = {new byte[0]};
        WebpFile.forEachChunk(file, (type, content) -> {
            if (!type.equals("ICCP")) {
                return true;
            }
            profile[0] = bytes(content, 0, content.remaining());
            return false;
        });
        return profile[0];
    }

    private static byte[] bmpProfile(byte[] file) {
        ByteBuffer bmp = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        return bmpHasProfile(bmp)
                ? bytes(bmp, BMP_HEADER + bmp.getInt(BMP_PROFILE_START), bmp.getInt(BMP_PROFILE_LENGTH))
                : new byte[0];
    }

    private static boolean bmpHasProfile(ByteBuffer bmp) {
        return bmp.remaining() >= BMP_HEADER + BMP_HEADER_LENGTH
                && bmp.getInt(BMP_HEADER) >= BMP_HEADER_LENGTH
                && bmp.getInt(BMP_SPACE) == BMP_EMBEDDED;
    }

    /**
     * The file without its profile, for readers that would look at it; PNG without any metadata.
     *
     * @return the same file if there is nothing to hide
     */
    static byte[] hide(PictureFormat format, byte[] file) {
        return switch (format) {
            case JPEG -> hideInJpeg(file);
            case TIFF -> hideInTiff(file);
            case BMP -> hideInBmp(file);
            case PNG -> hideInPng(file);
            case WEBP, GIF -> file;
        };
    }

    private static byte[] hideInJpeg(byte[] file) {
        List<Integer> markers = new ArrayList<>();
        try {
            JpegSegments.forEach(file, (marker, content) -> {
                if (isProfile(marker, content)) {
                    markers.add(content.arrayOffset() - 3);
                }
            });
        } catch (IndexOutOfBoundsException | BufferUnderflowException | IllegalArgumentException brokenStructure) {
            // The decoder judges the rest of the file.
        }
        if (markers.isEmpty()) {
            return file;
        }
        byte[] result = file.clone();
        markers.forEach(marker -> result[marker] = (byte) COMMENT);
        return result;
    }

    /** Leaves out all chunks that are not pixels: the reader fails with some broken ones, and unpacks all profiles. */
    private static byte[] hideInPng(byte[] file) {
        ByteBuffer png = ByteBuffer.wrap(file);
        ByteArrayOutputStream pixels = new ByteArrayOutputStream(file.length);
        int position = PNG_SIGNATURE_LENGTH;
        pixels.write(file, 0, Math.min(position, file.length));
        while (position + 12 <= file.length) {
            long length = 12 + Integer.toUnsignedLong(png.getInt(position));
            String type = text(png, position + 4, 4);
            int present = (int) Math.min(length, file.length - position);
            if (Character.isUpperCase(type.charAt(0)) || type.equals("tRNS")) {
                pixels.write(file, position, present);
            }
            position += present;
        }
        return pixels.size() == file.length ? file : pixels.toByteArray();
    }

    private static byte[] hideInTiff(byte[] file) {
        return TiffDirectory.first(ByteBuffer.wrap(file))
                .filter(directory -> directory.position(TIFF_PROFILE).isPresent())
                .map(directory -> {
                    byte[] result = file.clone();
                    ByteBuffer.wrap(result)
                            .order(file[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)
                            .putShort(directory.position(TIFF_PROFILE).getAsInt(), (short) TIFF_PRIVATE);
                    return result;
                })
                .orElse(file);
    }

    private static byte[] hideInBmp(byte[] file) {
        if (!bmpHasProfile(ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN))) {
            return file;
        }
        byte[] result = file.clone();
        ByteBuffer.wrap(result).order(ByteOrder.LITTLE_ENDIAN).putInt(BMP_SPACE, BMP_SRGB);
        return result;
    }

    private static byte[] bytes(ByteBuffer buffer, int start, int length) {
        byte[] bytes = new byte[Math.clamp(length, 0, MAX_PROFILE_BYTES)];
        buffer.get(start, bytes);
        return bytes;
    }

    private static String text(ByteBuffer buffer, int start, int length) {
        byte[] characters = new byte[length];
        buffer.get(start, characters);
        return new String(characters, ISO_8859_1);
    }
}
