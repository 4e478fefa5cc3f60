package dev.printshop.photos.resizing.imaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/**
 * Writes pictures of kinds that ImageIO can't write. All show four quarters, whose components are given from 0 to 255,
 * opacity and other further components after the colour.
 */
final class TestFiles {

    private static final int TIFF_PROFILE = 34_675;

    private TestFiles() {}

    /** The pixel of a picture of four quarters. */
    private static int[] pixel(int[][] quarters, int x, int y, int width, int height) {
        return quarters[(y < height / 2 ? 0 : 2) + (x < width / 2 ? 0 : 1)];
    }

    // -- PNG

    /**
     * Writes a PNG.
     *
     * @param colourType 0, 2, 3, 4 or 6; with 3, the quarters' colours are the palette
     * @param bits for each component
     * @param chunks the chunks between the header and the pixels
     */
    static byte[] png(int colourType, int bits, int[][] quarters, int width, int height, Map<String, byte[]> chunks) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        chunk(file, "IHDR", header.put((byte) bits).put((byte) colourType).array());
        chunks.forEach((type, content) -> chunk(file, type, content));
        if (colourType == 3) {
            ByteArrayOutputStream palette = new ByteArrayOutputStream();
            for (int[] colour : quarters) {
                palette.writeBytes(new byte[] {(byte) colour[0], (byte) colour[1], (byte) colour[2]});
            }
            chunk(file, "PLTE", palette.toByteArray());
        }
        int[][] stored = colourType == 3 ? new int[][] {{0}, {1}, {2}, {3}} : quarters;
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        for (int y = 0; y < height; y++) {
            rows.write(0);
            int pending = 0;
            int pendingBits = 0;
            for (int x = 0; x < width; x++) {
                for (int value : pixel(stored, x, y, width, height)) {
                    if (bits == 16) {
                        rows.write(value);
                    }
                    int shown = colourType != 3 && bits < 8 ? value >> (8 - bits) : value;
                    pending = pending << Math.min(bits, 8) | shown;
                    pendingBits += Math.min(bits, 8);
                    if (pendingBits == 8) {
                        rows.write(pending);
                        pending = 0;
                        pendingBits = 0;
                    }
                }
            }
            if (pendingBits > 0) {
                rows.write(pending << (8 - pendingBits));
            }
        }
        chunk(file, "IDAT", deflated(rows.toByteArray()));
        chunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    /** The content of an iCCP chunk. */
    static byte[] iccp(byte[] profile) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(new byte[] {'p', 0, 0});
        content.writeBytes(deflated(profile));
        return content.toByteArray();
    }

    private static byte[] deflated(byte[] bytes) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(compressed)) {
            deflater.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream file, String type, byte[] content) {
        CRC32 checksum = new CRC32();
        checksum.update(type.getBytes(ISO_8859_1));
        checksum.update(content);
        file.writeBytes(ByteBuffer.allocate(8)
                .putInt(content.length)
                .put(type.getBytes(ISO_8859_1))
                .array());
        file.writeBytes(content);
        file.writeBytes(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
    }

    // -- TIFF

    /** How the samples of a TIFF are stored. */
    enum SampleFormat {
        UNSIGNED(1),
        SIGNED(2),
        FLOAT(3);

        private final int tag;

        SampleFormat(int tag) {
            this.tag = tag;
        }
    }

    /**
     * Writes a TIFF without compression.
     *
     * @param photometric the PhotometricInterpretation; with 3, the quarters' colours are the palette
     * @param bits for each sample: 8, 16, 24 or 32
     * @param extraSamples the meanings of the samples beside the colour
     */
    static byte[] tiff(
            int photometric,
            SampleFormat format,
            int bits,
            int[] extraSamples,
            ByteOrder order,
            int[][] quarters,
            int width,
            int height,
            byte[] profile) {
        boolean palette = photometric == 3;
        int samples = palette ? 1 : quarters[0].length;
        ByteBuffer pixels =
                ByteBuffer.allocate(width * height * samples * bits / 8).order(order);
        int[][] stored = palette ? new int[][] {{0}, {1}, {2}, {3}} : quarters;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int value : pixel(stored, x, y, width, height)) {
                    put(pixels, palette ? value : storedValue(value, format, bits), format, bits);
                }
            }
        }
        TreeMap<Integer, byte[]> tags = new TreeMap<>();
        tags.put(258, shorts(order, repeated(bits, samples)));
        tags.put(259, shorts(order, 1));
        tags.put(262, shorts(order, photometric));
        tags.put(277, shorts(order, samples));
        tags.put(339, shorts(order, repeated(format.tag, samples)));
        if (extraSamples.length > 0) {
            tags.put(338, shorts(order, extraSamples));
        }
        if (palette) {
            int[] map = new int[3 * 256];
            for (int i = 0; i < 12; i++) {
                map[i % 3 * 256 + i / 3] = quarters[i / 3][i % 3] * 257;
            }
            tags.put(320, shorts(order, map));
        }
        return tiff(order, tags, pixels.array(), width, height, profile);
    }

    /** A TIFF whose only strip is a JPEG. */
    static byte[] tiffWithJpeg(byte[] jpeg, int width, int height, byte[] profile) {
        ByteOrder order = ByteOrder.BIG_ENDIAN;
        TreeMap<Integer, byte[]> tags = new TreeMap<>();
        tags.put(258, shorts(order, 8, 8, 8));
        tags.put(259, shorts(order, 7));
        tags.put(262, shorts(order, 6));
        tags.put(277, shorts(order, 3));
        tags.put(530, shorts(order, 2, 2));
        return tiff(order, tags, jpeg, width, height, profile);
    }

    private static double storedValue(int value, SampleFormat format, int bits) {
        double full = switch (format) {
            case UNSIGNED -> Math.pow(2, bits) - 1;
            case SIGNED -> Math.pow(2, bits - 1) - 1;
            case FLOAT -> 1;
        };
        return value / 255.0 * full;
    }

    private static void put(ByteBuffer pixels, double value, SampleFormat format, int bits) {
        long whole = Math.round(value);
        switch (bits) {
            case 8 -> pixels.put((byte) whole);
            case 16 ->
                pixels.putShort(format == SampleFormat.FLOAT ? Float.floatToFloat16((float) value) : (short) whole);
            case 24 -> {
                boolean little = pixels.order() == ByteOrder.LITTLE_ENDIAN;
                pixels.put((byte) (little ? whole : whole >> 16));
                pixels.put((byte) (whole >> 8));
                pixels.put((byte) (little ? whole >> 16 : whole));
            }
            case 32 -> pixels.putInt(format == SampleFormat.FLOAT ? Float.floatToIntBits((float) value) : (int) whole);
            default -> throw new IllegalArgumentException("Bits " + bits);
        }
    }

    private static byte[] tiff(
            ByteOrder order, Map<Integer, byte[]> shortTags, byte[] pixels, int width, int height, byte[] profile) {
        TreeMap<Integer, byte[]> tags = new TreeMap<>(shortTags);
        tags.put(256, shorts(order, width));
        tags.put(257, shorts(order, height));
        tags.put(278, shorts(order, height));
        tags.put(273, new byte[4]);
        tags.put(279, ByteBuffer.allocate(4).order(order).putInt(pixels.length).array());
        if (profile.length > 0) {
            tags.put(TIFF_PROFILE, profile);
        }
        int directoryLength = 2 + 12 * tags.size() + 4;
        int next = 8 + directoryLength;
        ByteBuffer directory = ByteBuffer.allocate(directoryLength).order(order).putShort((short) tags.size());
        ByteArrayOutputStream values = new ByteArrayOutputStream();
        int pixelsAt = next
                + tags.values().stream()
                        .mapToInt(value -> value.length > 4 ? value.length : 0)
                        .sum();
        tags.put(273, ByteBuffer.allocate(4).order(order).putInt(pixelsAt).array());
        for (Map.Entry<Integer, byte[]> tag : tags.entrySet()) {
            boolean isLong = tag.getKey() == 273 || tag.getKey() == 279;
            boolean isProfile = tag.getKey() == TIFF_PROFILE;
            byte[] value = tag.getValue();
            directory.putShort(tag.getKey().shortValue());
            directory.putShort((short) (isProfile ? 7 : isLong ? 4 : 3));
            directory.putInt(isProfile ? value.length : isLong ? value.length / 4 : value.length / 2);
            if (value.length > 4) {
                directory.putInt(next + values.size());
                values.writeBytes(value);
            } else {
                directory.put(value).put(new byte[4 - value.length]);
            }
        }
        ByteBuffer header = ByteBuffer.allocate(8).order(order);
        header.put(order == ByteOrder.LITTLE_ENDIAN ? new byte[] {'I', 'I'} : new byte[] {'M', 'M'});
        header.putShort((short) 42).putInt(8);
        return joined(header.array(), directory.array(), values.toByteArray(), pixels);
    }

    private static byte[] shorts(ByteOrder order, int... numbers) {
        ByteBuffer buffer = ByteBuffer.allocate(2 * numbers.length).order(order);
        for (int number : numbers) {
            buffer.putShort((short) number);
        }
        return buffer.array();
    }

    private static int[] repeated(int number, int count) {
        int[] numbers = new int[count];
        Arrays.fill(numbers, number);
        return numbers;
    }

    // -- JPEG, BMP and WebP

    /**
     * Writes a JPEG.
     *
     * @param quarters with one component for grey, three for RGB, four for CMYK as Adobe's programs store it
     */
    static byte[] jpeg(int[][] quarters, int width, int height, boolean progressive, byte[] profile) {
        int components = quarters[0].length;
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (var output = ImageIO.createImageOutputStream(file)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(0.95f);
            parameters.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            writer.setOutput(output);
            WritableRaster raster =
                    Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, components, null);
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int[] colour = pixel(quarters, x, y, width, height);
                    for (int c = 0; c < components; c++) {
                        raster.setSample(x, y, c, components == 4 ? 255 - colour[c] : colour[c]);
                    }
                }
            }
            if (components == 4) {
                writer.write(null, new IIOImage(raster, null, null), parameters);
            } else {
                BufferedImage picture = new BufferedImage(
                        width, height, components == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
                for (int y = 0; y < height; y++) {
                    picture.getRaster().setPixels(0, y, width, 1, raster.getPixels(0, y, width, 1, (int[]) null));
                }
                writer.write(null, new IIOImage(picture, null, null), parameters);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        byte[] jpeg = file.toByteArray();
        byte[] start = {(byte) 0xff, (byte) 0xd8};
        byte[] rest = Arrays.copyOfRange(jpeg, 2, jpeg.length);
        byte[] adobe = components == 4 ? segment(0xee, "Adobe\0d\0\0\0\0\0".getBytes(ISO_8859_1)) : new byte[0];
        return joined(start, profileSegments(profile), adobe, rest);
    }

    private static byte[] profileSegments(byte[] profile) {
        int most = Math.max(1_000, profile.length / 200); // so that there are several, of which there can be 255
        int count = Math.ceilDiv(profile.length, most);
        byte[] segments = new byte[0];
        for (int i = 0; i < count; i++) {
            byte[] part = Arrays.copyOfRange(profile, i * most, Math.min((i + 1) * most, profile.length));
            byte[] content =
                    joined("ICC_PROFILE\0".getBytes(ISO_8859_1), new byte[] {(byte) (i + 1), (byte) count}, part);
            segments = joined(segments, segment(0xe2, content));
        }
        return segments;
    }

    private static byte[] segment(int marker, byte[] content) {
        return ByteBuffer.allocate(4 + content.length)
                .put((byte) 0xff)
                .put((byte) marker)
                .putShort((short) (2 + content.length))
                .put(content)
                .array();
    }

    /** A BMP with the header of version 5. */
    static byte[] bmp(int[][] quarters, int width, int height, byte[] profile) {
        int stride = (3 * width + 3) / 4 * 4;
        int pixelsAt = 14 + 124;
        int profileAt = pixelsAt + stride * height;
        ByteBuffer file = ByteBuffer.allocate(profileAt + profile.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {'B', 'M'}).putInt(file.capacity()).putInt(0).putInt(pixelsAt);
        file.putInt(124).putInt(width).putInt(height).putShort((short) 1).putShort((short) 24);
        file.position(34).putInt(stride * height);
        file.position(70).putInt(profile.length > 0 ? 0x4d424544 : 0x73524742);
        file.position(126).putInt(profile.length > 0 ? profileAt - 14 : 0).putInt(profile.length);
        for (int y = 0; y < height; y++) {
            file.position(pixelsAt + (height - 1 - y) * stride);
            for (int x = 0; x < width; x++) {
                int[] colour = pixel(quarters, x, y, width, height);
                file.put((byte) colour[2]).put((byte) colour[1]).put((byte) colour[0]);
            }
        }
        return file.position(profileAt).put(profile).array();
    }

    /** Puts a profile into a WebP file that has neither metadata nor opacity. */
    static byte[] webp(byte[] simple, int width, int height, byte[] profile) {
        byte[] padding = new byte[profile.length % 2];
        ByteBuffer head = ByteBuffer.allocate(38).order(ByteOrder.LITTLE_ENDIAN);
        head.put("RIFF".getBytes(ISO_8859_1)).putInt(simple.length - 8 + 26 + profile.length + padding.length);
        head.put("WEBPVP8X".getBytes(ISO_8859_1)).putInt(10).putInt(0x20);
        head.put((byte) (width - 1)).putShort((short) (width - 1 >> 8));
        head.put((byte) (height - 1)).putShort((short) (height - 1 >> 8));
        head.put("ICCP".getBytes(ISO_8859_1)).putInt(profile.length);
        return joined(head.array(), profile, padding, Arrays.copyOfRange(simple, 12, simple.length));
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
