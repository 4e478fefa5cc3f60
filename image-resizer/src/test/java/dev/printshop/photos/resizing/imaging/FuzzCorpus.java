package dev.printshop.photos.resizing.imaging;

import java.awt.Graphics2D;
import java.awt.Point;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/** The seed files of the fuzz test: those of the test resources, and each kind that Java can write. */
final class FuzzCorpus {

    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;

    /** Larger ones are slow to copy, and have no features that small ones lack. */
    private static final int MAX_BYTES = 40_000;

    private FuzzCorpus() {}

    static List<byte[]> files() {
        List<byte[]> files = new ArrayList<>();
        addResources(files);
        for (String format : List.of("jpeg", "png", "gif", "bmp", "tiff")) {
            for (BufferedImage picture : pictures()) {
                addWritten(files, format, picture);
            }
        }
        files.add(TestPictures.turnedJpeg(WIDTH, HEIGHT, 6));
        return files;
    }

    private static void addResources(List<byte[]> files) {
        try {
            Path folder = Path.of(Objects.requireNonNull(FuzzCorpus.class.getResource("/pictures"))
                    .toURI());
            try (Stream<Path> resources = Files.walk(folder)) {
                for (Path resource :
                        resources.filter(Files::isRegularFile).sorted().toList()) {
                    byte[] file = Files.readAllBytes(resource);
                    if (file.length <= MAX_BYTES && PictureFormat.of(file).isPresent()) {
                        files.add(file);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One of each kind of pixel. */
    private static List<BufferedImage> pictures() {
        List<BufferedImage> pictures = new ArrayList<>();
        for (int type : List.of(
                BufferedImage.TYPE_3BYTE_BGR,
                BufferedImage.TYPE_4BYTE_ABGR,
                BufferedImage.TYPE_INT_RGB,
                BufferedImage.TYPE_BYTE_GRAY,
                BufferedImage.TYPE_USHORT_GRAY,
                BufferedImage.TYPE_BYTE_BINARY,
                BufferedImage.TYPE_BYTE_INDEXED,
                BufferedImage.TYPE_USHORT_565_RGB,
                BufferedImage.TYPE_USHORT_555_RGB)) {
            pictures.add(TestPictures.quarters(WIDTH, HEIGHT, type));
        }
        pictures.add(palette(2));
        pictures.add(palette(4));
        pictures.add(components(ColorSpace.CS_sRGB, DataBuffer.TYPE_USHORT, false));
        pictures.add(components(ColorSpace.CS_sRGB, DataBuffer.TYPE_USHORT, true));
        pictures.add(components(ColorSpace.CS_GRAY, DataBuffer.TYPE_BYTE, true));
        pictures.add(components(ColorSpace.CS_GRAY, DataBuffer.TYPE_USHORT, true));
        pictures.add(components(ColorSpace.CS_sRGB, DataBuffer.TYPE_FLOAT, false));
        return pictures;
    }

    private static BufferedImage palette(int bits) {
        byte[] shades = new byte[1 << bits];
        for (int i = 0; i < shades.length; i++) {
            shades[i] = (byte) (i * 255 / (shades.length - 1));
        }
        IndexColorModel palette = new IndexColorModel(bits, shades.length, shades, shades, shades, 0);
        WritableRaster raster =
                Raster.createPackedRaster(DataBuffer.TYPE_BYTE, WIDTH, HEIGHT, 1, bits, new Point(0, 0));
        return drawn(new BufferedImage(palette, raster, false, null));
    }

    private static BufferedImage components(int colourSpace, int dataType, boolean alpha) {
        ComponentColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(colourSpace),
                alpha,
                false,
                alpha ? ComponentColorModel.TRANSLUCENT : ComponentColorModel.OPAQUE,
                dataType);
        return drawn(new BufferedImage(model, model.createCompatibleWritableRaster(WIDTH, HEIGHT), false, null));
    }

    private static BufferedImage drawn(BufferedImage picture) {
        Graphics2D graphics = picture.createGraphics();
        graphics.drawImage(TestPictures.quarters(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB), 0, 0, null);
        graphics.dispose();
        return picture;
    }

    /**
     * Adds the output of each writer of a format for a picture: plain, progressive, in tiles, with each compression.
     */
    private static void addWritten(List<byte[]> files, String format, BufferedImage picture) {
        Iterator<ImageWriter> writers =
                ImageIO.getImageWriters(ImageTypeSpecifier.createFromRenderedImage(picture), format);
        while (writers.hasNext()) {
            ImageWriter writer = writers.next();
            ImageWriteParam plain = writer.getDefaultWriteParam();
            add(files, writer, picture, plain);
            if (plain.canWriteProgressive()) {
                ImageWriteParam progressive = writer.getDefaultWriteParam();
                progressive.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
                add(files, writer, picture, progressive);
            }
            if (plain.canWriteTiles()) {
                ImageWriteParam tiled = writer.getDefaultWriteParam();
                tiled.setTilingMode(ImageWriteParam.MODE_EXPLICIT);
                tiled.setTiling(16, 16, 0, 0);
                add(files, writer, picture, tiled);
            }
            String[] compressions = plain.canWriteCompressed() ? plain.getCompressionTypes() : null;
            for (String compression : compressions == null ? new String[0] : compressions) {
                ImageWriteParam compressed = writer.getDefaultWriteParam();
                compressed.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                compressed.setCompressionType(compression);
                add(files, writer, picture, compressed);
            }
            writer.dispose();
        }
    }

    private static void add(List<byte[]> files, ImageWriter writer, BufferedImage picture, ImageWriteParam parameters) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (var output = ImageIO.createImageOutputStream(file)) {
            writer.setOutput(output);
            writer.write(null, new IIOImage(picture, null, null), parameters);
            output.flush();
        } catch (IOException | RuntimeException _) {
            return; // some compressions are for some kinds of pixel only
        }
        if (PictureFormat.of(file.toByteArray()).isPresent()) {
            files.add(file.toByteArray());
        }
    }
}
