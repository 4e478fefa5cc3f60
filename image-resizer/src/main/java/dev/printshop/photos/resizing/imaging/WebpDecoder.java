package dev.printshop.photos.resizing.imaging;

import com.luciad.imageio.webp.WebPImageReaderSpi;
import com.luciad.imageio.webp.WebPReadParam;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import dev.printshop.photos.resizing.domain.RejectionReason;
import java.awt.image.BufferedImage;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;

/** Decodes WebP with libwebp, the format's reference implementation. */
final class WebpDecoder {

    private static final ImageReaderSpi READERS = new WebPImageReaderSpi();

    private WebpDecoder() {}

    /**
     * Decodes the first frame and puts it on its canvas.
     *
     * @param step the reduction factor; 1 for all pixels
     * @return a picture with one int for each pixel, alpha first; pixels outside of the frame are transparent
     * @throws RefusedException when the frame is damaged
     * @throws OutOfMemoryError when the heap, or libwebp, has too little memory
     * @throws LinkageError when libwebp can't be loaded
     */
    static BufferedImage decode(WebpFile webp, int step) throws RefusedException {
        BufferedImage frame = decodeFrame(webp, step);
        return webp.coversCanvas()
                ? frame
                : Canvas.place(
                        frame,
                        webp.left() / step,
                        webp.top() / step,
                        Math.ceilDiv(webp.canvasWidth(), step),
                        Math.ceilDiv(webp.canvasHeight(), step));
    }

    private static BufferedImage decodeFrame(WebpFile webp, int step) throws RefusedException {
        try (ImageInputStream input = new ByteArrayImageInputStream(webp.toSingleFrameFile())) {
            ImageReader reader = READERS.createReaderInstance(null);
            reader.setInput(input, true, true);
            WebPReadParam parameters = new WebPReadParam();
            if (step > 1) {
                parameters.setUseScaling(true);
                parameters.setScaledWidth(Math.ceilDiv(webp.width(), step));
                parameters.setScaledHeight(Math.ceilDiv(webp.height(), step));
            }
            return reader.read(0, parameters);
        } catch (IOException e) {
            throw new RefusedException(RejectionReason.DAMAGED, e);
        } catch (OutOfMemoryError e) {
            boolean byTheJvm = e.getMessage() != null;
            if (byTheJvm || !webp.alpha().hasRemaining()) {
                throw e;
            }
            // The reader throws it for a status of libwebp that also indicates a damaged alpha chunk. The budget
            // reserves the memory that libwebp needs.
            throw new RefusedException(RejectionReason.DAMAGED, e);
        }
    }
}
