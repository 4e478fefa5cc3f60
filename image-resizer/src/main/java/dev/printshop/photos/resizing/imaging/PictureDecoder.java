package dev.printshop.photos.resizing.imaging;

import dev.printshop.jpeg.IrregularJpegException;
import dev.printshop.jpeg.ScaledJpegDecoder;
import dev.printshop.photos.resizing.domain.RejectionReason;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.slf4j.event.Level;

/** Reads the pixels of a file with the readers of ImageIO, within bounds of size and memory. */
final class PictureDecoder {

    static {
        // Readers that open streams must not write to the disk.
        ImageIO.setUseCache(false);
    }

    private final DecodingBudget budget;

    PictureDecoder(DecodingBudget budget) {
        this.budget = budget;
    }

    /**
     * The decoded picture.
     *
     * @param picture the pixels, possibly fewer than in the file, in the file's own kind of pixel and colour space,
     *     which may differ from the picture's colour model
     * @param fileWidth the width in pixels that the file declares
     * @param fileHeight the height in pixels that the file declares
     */
    record Decoded(BufferedImage picture, int fileWidth, int fileHeight) {}

    /**
     * Decodes the first picture of a file.
     *
     * @param reduction for the width and height in the file's header, how many times smaller the picture may become by
     *     decoding
     * @throws RefusedException when the file is damaged, of a kind that its reader does not support, or too large
     */
    Decoded decode(byte[] file, PictureFormat format, ToDoubleBiFunction<Integer, Integer> reduction)
            throws RefusedException {
        if (format == PictureFormat.JPEG) {
            Optional<Decoded> scaled = decodeScaled(file, reduction);
            if (scaled.isPresent()) {
                return scaled.get();
            }
        }
        if (format == PictureFormat.WEBP) {
            return decodeWebp(WebpFile.read(file), reduction);
        }
        if (format == PictureFormat.GIF) {
            GifFrame frame = GifFrame.firstOf(file);
            if (!frame.coversCanvas()) {
                return decodeOnCanvas(file, frame, reduction);
            }
        }
        return decodeByImageIo(file, format, reduction);
    }

    private Decoded decodeOnCanvas(byte[] file, GifFrame frame, ToDoubleBiFunction<Integer, Integer> reduction)
            throws RefusedException {
        PictureOutline outline = PictureOutline.of(PictureFormat.GIF, file);
        int step = budget.step(outline, reduction);
        ImageReader reader = readerFor(PictureFormat.GIF);
        try (ImageInputStream input = outline.parts().open()) {
            reader.setInput(input, true, true);
            return new Decoded(frame.decode(reader, step), frame.canvasWidth(), frame.canvasHeight());
        } catch (IOException | RuntimeException e) {
            throw refusal(e);
        } finally {
            reader.dispose();
        }
    }

    private Decoded decodeWebp(WebpFile webp, ToDoubleBiFunction<Integer, Integer> reduction) throws RefusedException {
        int least = budget.step(WebpOutline.of(webp), reduction);
        int width = webp.canvasWidth();
        int height = webp.canvasHeight();
        // With a separate opacity, the decoder would include the colours of transparent pixels when it reduces a
        // picture, so it reduces only as much as the memory requires.
        int most = Math.max(1, (int) reduction.applyAsDouble(width, height));
        int step = webp.alpha().hasRemaining() ? least : most;
        return new Decoded(WebpDecoder.decode(webp, step), width, height);
    }

    /** Most photos can be decoded at a fraction of their size. All others are decoded by ImageIO. */
    private Optional<Decoded> decodeScaled(byte[] file, ToDoubleBiFunction<Integer, Integer> reduction)
            throws RefusedException {
        try {
            ScaledJpegDecoder decoder = ScaledJpegDecoder.of(file);
            budget.requireSize(decoder.width(), decoder.height());
            int denominator = 8;
            while (denominator > reduction.applyAsDouble(decoder.width(), decoder.height())) {
                denominator /= 2;
            }
            if (denominator == 1) {
                return Optional.empty();
            }
            return Optional.of(new Decoded(decoder.decode(denominator), decoder.width(), decoder.height()));
        } catch (IrregularJpegException _) {
            // The ImageIO reader decodes irregular files.
            return Optional.empty();
        }
    }

    private Decoded decodeByImageIo(byte[] file, PictureFormat format, ToDoubleBiFunction<Integer, Integer> reduction)
            throws RefusedException {
        PictureOutline outline = PictureOutline.of(format, file);
        int step = budget.step(outline, reduction);
        ImageReader reader = readerFor(format);
        try (ImageInputStream input = outline.parts().open()) {
            reader.setInput(input, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            BufferedImage picture = read(reader, format, file, step);
            return new Decoded(picture, width, height);
        } catch (IOException | RuntimeException e) {
            throw refusal(e);
        } finally {
            reader.dispose();
        }
    }

    private static RefusedException refusal(Exception failure) {
        RejectionReason reason = ReaderFailure.reason(failure);
        if (failure instanceof RuntimeException) {
            // Most damaged files lead to an IOException. Another exception may be a fault of the reader.
            ReaderFailure.log(failure, reason, Level.WARN);
        }
        return new RefusedException(reason, failure);
    }

    private static ImageReader readerFor(PictureFormat format) {
        // Of two readers for a format, the one that is not the JDK's comes first: it supports CMYK and more kinds of
        // TIFF.
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.name());
        ImageReader reader = readers.next();
        while (readers.hasNext() && isJdk(reader)) {
            reader = readers.next();
        }
        return reader;
    }

    private static boolean isJdk(ImageReader reader) {
        return reader.getClass().getModule().getName() != null;
    }

    private static BufferedImage read(ImageReader reader, PictureFormat format, byte[] file, int step)
            throws IOException, RefusedException {
        boolean[] damaged = {false};
        reader.addIIOReadWarningListener((source, warning) -> damaged[0] |= indicatesDamage(warning));
        ImageReadParam parameters = reader.getDefaultReadParam();
        BufferedImage picture;
        if (format == PictureFormat.TIFF) {
            picture = readTiff(reader, parameters, step, file);
        } else {
            parameters.setSourceSubsampling(step, step, 0, 0);
            picture = format == PictureFormat.JPEG ? readJpeg(reader, parameters, file) : reader.read(0, parameters);
        }
        if (damaged[0]) {
            throw new RefusedException(RejectionReason.DAMAGED);
        }
        return picture;
    }

    private static BufferedImage readJpeg(ImageReader reader, ImageReadParam parameters, byte[] file)
            throws IOException {
        // The reader would convert four components to sRGB without the file's profile.
        return reader.getRawImageType(0).getNumBands() == 4
                ? JpegInks.toCmyk((WritableRaster) reader.readRaster(0, parameters), file)
                : reader.read(0, parameters);
    }

    private static BufferedImage readTiff(ImageReader reader, ImageReadParam parameters, int step, byte[] file)
            throws IOException {
        // By default the reader treats any fourth component as opacity that is not premultiplied.
        parameters.setDestinationType(reader.getRawImageType(0));
        if (step > 1 && BandedReading.isNeeded(reader)) {
            return BandedReading.read(reader, parameters, step);
        }
        parameters.setSourceSubsampling(step, step, 0, 0);
        Optional<TiffSamples> lab = TiffDirectory.first(ByteBuffer.wrap(file))
                .map(TiffSamples::of)
                .filter(samples -> samples.lab().isPresent());
        if (lab.isEmpty()) {
            return reader.read(0, parameters);
        }
        // The reader would convert L*a*b* with another white point.
        WritableRaster raster = (WritableRaster) reader.readRaster(0, parameters);
        if (lab.get().signedChroma()) {
            LabColours.addOffset(raster);
        }
        return new BufferedImage(reader.getRawImageType(0).getColorModel(), raster, false, null);
    }

    /**
     * Readers fill missing pixels with grey and only warn. They also warn about harmless findings, such as superfluous
     * bytes.
     */
    private static boolean indicatesDamage(String warning) {
        String text = warning.toLowerCase(Locale.ROOT);
        return text.contains("premature end") || text.contains("bad huffman code");
    }
}
