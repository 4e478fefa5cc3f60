package dev.printshop.photos.resizing.imaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.printshop.jpeg.JpegSegments;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.InflaterInputStream;

/**
 * Reads the colour space that a file describes. A damaged description counts as absent. The readers of ImageIO don't
 * get it, because their handling differs: some convert, some ignore it, some fail. The outline of each format omits it.
 */
final class FileColours {

    private static final int MAX_PROFILE_BYTES = 4 << 20;
    private static final String JPEG_PROFILE = "ICC_PROFILE\0";

    /** The position of the pixels' kind in the header of a PNG. */
    private static final int PNG_COLOUR_TYPE = 25;

    private static final int PNG_COLOUR = 2;
    private static final int PNG_SIGNATURE_LENGTH = 8;
    private static final int MAX_PNG_PROFILE_NAME = 79;

    private static final int TIFF_PROFILE = 34_675;

    /** The fields of a BMP's header, version 5, counted from the beginning of the file. */
    private static final int BMP_HEADER = 14;

    private static final int BMP_SPACE = BMP_HEADER + 56;
    private static final int BMP_PROFILE_START = BMP_HEADER + 112;
    private static final int BMP_PROFILE_LENGTH = BMP_HEADER + 116;
    private static final int BMP_HEADER_LENGTH = 124;
    private static final int BMP_EMBEDDED = 'M' << 24 | 'B' << 16 | 'E' << 8 | 'D';

    private FileColours() {}

    /** The colour space that a file describes; empty when there is none, or it is damaged or unusable. */
    static Optional<Colours> of(PictureFormat format, byte[] file) {
        try {
            return switch (format) {
                case JPEG -> IccProfile.read(jpegProfile(file));
                case PNG -> pngColours(file);
                case WEBP -> IccProfile.read(webpProfile(file));
                case TIFF ->
                    TiffDirectory.first(ByteBuffer.wrap(file))
                            .flatMap(directory -> IccProfile.read(directory.content(TIFF_PROFILE, MAX_PROFILE_BYTES)));
                case BMP -> IccProfile.read(bmpProfile(file));
                case GIF -> Optional.empty();
            };
        } catch (IndexOutOfBoundsException | BufferUnderflowException | IllegalArgumentException _) {
            // The file's structure is damaged: it counts as a file without a profile.
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
        } catch (IndexOutOfBoundsException | BufferUnderflowException | IllegalArgumentException _) {
            // The decoder checks the rest of the file.
        }
        ByteArrayOutputStream profile = new ByteArrayOutputStream();
        parts.values().forEach(part -> profile.write(part.array(), part.arrayOffset(), part.remaining()));
        return profile.size() > MAX_PROFILE_BYTES ? new byte[0] : profile.toByteArray();
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
            ByteBuffer content = png.slice(png.position() + 4, length);
            if (describesColours(type, content)) {
                chunks.putIfAbsent(type, content);
            }
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

    /** Whether a chunk describes colours and has a valid length. */
    private static boolean describesColours(String type, ByteBuffer content) {
        return switch (type) {
            case "gAMA", "cICP" -> content.remaining() == 4;
            case "cHRM" -> content.remaining() == 32;
            case "sRGB" -> content.remaining() == 1;
            case "iCCP" -> hasName(content);
            default -> false;
        };
    }

    /** Whether a profile has a name that ends with a zero, a compression method and content. */
    private static boolean hasName(ByteBuffer profile) {
        for (int i = 1; i <= MAX_PNG_PROFILE_NAME && i + 2 < profile.remaining(); i++) {
            if (profile.get(i) == 0) {
                return true;
            }
        }
        return false;
    }

    /** An iCCP chunk is a name that ends with a zero, the compression method, and the compressed profile. */
    private static byte[] inflated(ByteBuffer chunk) {
        while (chunk.get() != 0) {
            // the name is ignored
        }
        chunk.get();
        try (var inflater = new InflaterInputStream(
                new ByteArrayInputStream(chunk.array(), chunk.arrayOffset() + chunk.position(), chunk.remaining()))) {
            // Limited, because a few kilobytes may inflate to gigabytes.
            return inflater.readNBytes(MAX_PROFILE_BYTES);
        } catch (IOException _) {
            // The compressed data is damaged.
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
