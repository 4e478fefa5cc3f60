package dev.printshop.photos.resizing.imaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/** Writes small valid files of one colour with a given number of pixels. */
final class LargeFiles {

    private LargeFiles() {}

    // -- JPEG

    /** A progressive JPEG with the ten scans that encoders make by default, and with a thumbnail in its EXIF data. */
    static byte[] progressiveJpeg(int width, int height) {
        Bytes file = new Bytes();
        file.text("\u00ff\u00d8").segment(0xe1, exifWithThumbnail());
        byte[] steps = new byte[65];
        Arrays.fill(steps, 1, 65, (byte) 1);
        file.segment(0xdb, steps);
        ByteBuffer frame =
                ByteBuffer.allocate(15).put((byte) 8).putShort((short) height).putShort((short) width);
        file.segment(
                0xc2,
                frame.put(new byte[] {3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0}).array());
        // One code of one bit in each table: no difference, and a run of 16,384 blocks or more without coefficients.
        file.segment(0xc4, table(0x00, 0x00)).segment(0xc4, table(0x10, 0xe0));
        int units = Math.ceilDiv(width, 16) * Math.ceilDiv(height, 16);
        int lumaBlocks = Math.ceilDiv(width, 8) * Math.ceilDiv(height, 8);
        byte[] bitForEachBlock = new byte[Math.ceilDiv(6 * units, 8)];
        file.scan(new int[] {1, 2, 3}, 0, 0, 0x01).bytes(bitForEachBlock);
        int[][] scans = {
            {1, 1, 5, 0x02}, {3, 1, 63, 0x01}, {2, 1, 63, 0x01}, {1, 6, 63, 0x02}, {1, 1, 63, 0x21},
        };
        for (int[] scan : scans) {
            file.scan(new int[] {scan[0]}, scan[1], scan[2], scan[3]).bytes(runs(scan[0] == 1 ? lumaBlocks : units));
        }
        file.scan(new int[] {1, 2, 3}, 0, 0, 0x10).bytes(bitForEachBlock);
        for (int component = 3; component > 0; component--) {
            file.scan(new int[] {component}, 1, 63, 0x10).bytes(runs(component == 1 ? lumaBlocks : units));
        }
        return file.text("\u00ff\u00d9").toByteArray();
    }

    private static byte[] table(int number, int symbol) {
        byte[] table = new byte[18];
        table[0] = (byte) number;
        table[1] = 1;
        table[17] = (byte) symbol;
        return table;
    }

    /** Runs of blocks without coefficients: the code, a zero, and 14 bits with the number of blocks beyond 16,384. */
    private static byte[] runs(int blocks) {
        StringBuilder bits = new StringBuilder();
        for (int left = blocks; left > 0; left -= 32_767) {
            bits.append('0').append("1".repeat(14));
        }
        bits.append("1".repeat(-bits.length() & 7));
        Bytes bytes = new Bytes();
        for (int i = 0; i < bits.length(); i += 8) {
            int value = Integer.parseInt(bits.substring(i, i + 8), 2);
            bytes.bytes(value == 0xff ? new byte[] {(byte) 0xff, 0} : new byte[] {(byte) value});
        }
        return bytes.toByteArray();
    }

    private static byte[] exifWithThumbnail() {
        byte[] thumbnail = TestPictures.quartersAs("jpeg", 160, 120);
        return new Bytes()
                .text(
                        "Exif\0\0MM\0*\0\0\0\u0008" // the first directory, at 8,
                                + "\0\0\0\0\0\u000e" // is empty, the second one is at 14
                                + "\0\u0003"
                                + "\u0001\u0003\0\u0003\0\0\0\u0001\0\u0006\0\0" // compression: JPEG
                                + "\u0002\u0001\0\u0004\0\0\0\u0001\0\0\08" // at 56
                                + "\u0002\u0002\0\u0004\0\0\0\u0001")
                .number(thumbnail.length)
                .number(0)
                .bytes(thumbnail)
                .toByteArray();
    }

    // -- PNG

    /** A transparent PNG of 16 bits, with Adam7's seven passes. */
    static byte[] interlacedPng(int width, int height) {
        long bytes = 0;
        int[][] passes = {
            {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
        };
        for (int[] pass : passes) {
            long columns = Math.ceilDiv(width - pass[0], pass[2]);
            bytes += (1 + 8 * columns) * Math.ceilDiv(height - pass[1], pass[3]);
        }
        return png(width, height, new byte[] {16, 6, 0, 0, 1}, bytes);
    }

    /** A black PNG of the usual kind. */
    static byte[] png(int width, int height) {
        return png(width, height, new byte[] {8, 2, 0, 0, 0}, (1 + 3L * width) * height);
    }

    private static byte[] png(int width, int height, byte[] kind, long bytes) {
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height).put(kind);
        return new Bytes()
                .text("\u0089PNG\r\n\u001a\n")
                .chunk("IHDR", header.array())
                .chunk("IDAT", deflatedZeros(bytes))
                .chunk("IEND", new byte[0])
                .toByteArray();
    }

    /** Zeros, compressed (RFC 1950 and 1951). Parts that do not refer to each other are repeated. */
    private static byte[] deflatedZeros(long count) {
        int most = 1 << 20;
        byte[] part = deflatedPart(most);
        Bytes stream = new Bytes().text("x\u0001");
        for (long i = 0; i < count / most; i++) {
            stream.bytes(part);
        }
        stream.bytes(deflatedPart((int) (count % most))).text("\u0003\0");
        return stream.number((int) (count % 65_521) << 16 | 1).toByteArray();
    }

    private static byte[] deflatedPart(int zeros) {
        try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
            deflater.setInput(new byte[zeros]);
            byte[] part = new byte[zeros + 100];
            return Arrays.copyOf(part, deflater.deflate(part, 0, part.length, Deflater.FULL_FLUSH));
        }
    }

    // -- TIFF

    /** An RGB TIFF with LZW compression, in strips of 256 rows. */
    static byte[] tiffInStrips(int width, int height) {
        byte[] strip = lzw(width, 256);
        return tiff(width, height, 5, 2, Map.of(278, 256), strip, Math.ceilDiv(height, 256));
    }

    /** An RGB TIFF with LZW compression, in tiles of 256 × 256 pixels. */
    static byte[] tiffInTiles(int width, int height) {
        int tiles = Math.ceilDiv(width, 256) * Math.ceilDiv(height, 256);
        return tiff(width, height, 5, 2, Map.of(322, 256, 323, 256), lzw(256, 256), tiles);
    }

    /** A TIFF in strips of 256 rows, each of which is a JPEG. */
    static byte[] tiffOfJpegs(int width, int height) {
        byte[] strip = TestPictures.encode(new BufferedImage(width, 256, BufferedImage.TYPE_INT_RGB), "jpeg");
        return tiff(width, height, 7, 6, Map.of(278, 256, 530, 2 << 16 | 2), strip, Math.ceilDiv(height, 256));
    }

    /** A TIFF of 64 megapixels in tiles of 16 × 16, all of which are the same JPEG of a megabyte of comments. */
    static byte[] tiffOfOneLargeJpegForAllTiles() {
        byte[] jpeg = TestPictures.quartersAs("jpeg", 16, 16);
        Bytes tile = new Bytes().bytes(Arrays.copyOf(jpeg, 2));
        for (int i = 0; i < 9_000; i++) {
            tile.segment(0xfe, new byte[112]);
        }
        tile.bytes(Arrays.copyOfRange(jpeg, 2, jpeg.length));
        return tiff(8_000, 8_000, 7, 6, Map.of(322, 16, 323, 16, 530, 2 << 16 | 2), tile.toByteArray(), 500 * 500, 0);
    }

    private static byte[] tiff(
            int width,
            int height,
            int compression,
            int photometric,
            Map<Integer, Integer> layout,
            byte[] strip,
            int strips) {
        return tiff(width, height, compression, photometric, layout, strip, strips, strip.length);
    }

    /**
     * Writes a TIFF.
     *
     * @param layout further tags
     * @param distance in bytes from the beginning of a strip to that of the next one; 0 if all share their bytes
     */
    private static byte[] tiff(
            int width,
            int height,
            int compression,
            int photometric,
            Map<Integer, Integer> layout,
            byte[] strip,
            int strips,
            int distance) {
        boolean tiled = layout.containsKey(322);
        TreeMap<Integer, Integer> tags = new TreeMap<>(layout);
        tags.putAll(Map.of(256, width, 257, height, 259, compression, 262, photometric, 277, 3));
        int directory = 8 + 2 + 12 * (tags.size() + 3) + 4;
        int lists = directory + 8;
        int pixels = lists + 8 * strips;
        tags.putAll(Map.of(258, directory, tiled ? 324 : 273, lists, tiled ? 325 : 279, lists + 4 * strips));
        Bytes file = new Bytes().text("MM\0*").number(8).text("\0" + (char) tags.size());
        tags.forEach((tag, value) -> {
            boolean list = tag == 273 || tag == 279 || tag == 324 || tag == 325;
            boolean shorts = tag == 258 || tag == 530;
            file.number(tag << 16 | (shorts ? 3 : 4));
            file.number(tag == 258 ? 3 : tag == 530 ? 2 : list ? strips : 1).number(value);
        });
        file.number(0).text("\0\u0008\0\u0008\0\u0008\0\0");
        for (int i = 0; i < strips; i++) {
            file.number(pixels + i * distance);
        }
        for (int i = 0; i < strips; i++) {
            file.number(strip.length);
        }
        for (int i = 0; i < (distance == 0 ? 1 : strips); i++) {
            file.bytes(strip);
        }
        return file.toByteArray();
    }

    /** The only strip of a picture. */
    private static byte[] lzw(int width, int height) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
        try (var output = ImageIO.createImageOutputStream(file)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionType("LZW");
            writer.setOutput(output);
            BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
            writer.write(null, new IIOImage(picture, null, null), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        TiffDirectory tiff =
                TiffDirectory.first(ByteBuffer.wrap(file.toByteArray())).orElseThrow();
        int from = Math.toIntExact(tiff.integer(273).orElseThrow());
        int length = Math.toIntExact(tiff.integer(279).orElseThrow());
        return Arrays.copyOfRange(file.toByteArray(), from, from + length);
    }

    // -- WebP, GIF and BMP

    /** A lossless WebP. */
    static byte[] webp(int width, int height) {
        byte[] file = TestPictures.resource("webp-lossless-96-megapixels.webp").clone();
        ByteBuffer webp = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int withAlpha = 1 << 28;
        webp.putInt(21, withAlpha | (height - 1) << 14 | (width - 1));
        return file;
    }

    /** A GIF with a small frame on a large canvas. */
    static byte[] gif(int width, int height) {
        byte[] file = TestPictures.resource("gif-first-frame-is-a-part.gif").clone();
        ByteBuffer gif = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        gif.putShort(6, (short) width).putShort(8, (short) height);
        return file;
    }

    /** A black BMP without compression. */
    static byte[] bmp(int width, int height) {
        int stride = Math.ceilDiv(3 * width, 4) * 4;
        ByteBuffer file = ByteBuffer.allocate(54 + stride * height).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {'B', 'M'}).putInt(file.capacity()).putInt(0).putInt(54);
        file.putInt(40).putInt(width).putInt(height).putShort((short) 1).putShort((short) 24);
        return file.array();
    }

    /** Writes big-endian numbers, texts of one byte for each character, and elements of file formats. */
    static final class Bytes {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Bytes bytes(byte[] more) {
            bytes.writeBytes(more);
            return this;
        }

        Bytes text(String text) {
            return bytes(text.getBytes(ISO_8859_1));
        }

        Bytes number(int number) {
            return bytes(ByteBuffer.allocate(4).putInt(number).array());
        }

        /** A segment of a JPEG. */
        Bytes segment(int marker, byte[] content) {
            int length = content.length + 2;
            return text("\u00ff" + (char) marker + (char) (length >> 8) + (char) (length & 0xff))
                    .bytes(content);
        }

        /** The header of a progressive scan. */
        Bytes scan(int[] components, int first, int last, int approximation) {
            Bytes content = new Bytes().text("" + (char) components.length);
            for (int component : components) {
                content.text((char) component + "\0");
            }
            return segment(
                    0xda,
                    content.text("" + (char) first + (char) last + (char) approximation)
                            .toByteArray());
        }

        /** A chunk of a PNG. */
        Bytes chunk(String type, byte[] content) {
            CRC32 checksum = new CRC32();
            checksum.update(type.getBytes(ISO_8859_1));
            checksum.update(content);
            return number(content.length).text(type).bytes(content).number((int) checksum.getValue());
        }

        byte[] toByteArray() {
            return bytes.toByteArray();
        }
    }
}
