package dev.printshop.photos.resizing.imaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.twelvemonkeys.imageio.color.ColorSpaces;
import com.twelvemonkeys.imageio.color.YCbCrConverter;
import dev.printshop.jpeg.JpegSegments;
import java.awt.Transparency;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.WritableRaster;
import java.nio.ByteBuffer;

/** The colours of JPEG files with four components, in the two forms of Adobe's programs (ITU-T T.872). */
final class JpegInks {

    private static final int ADOBE = 0xee;
    private static final int ADOBE_YCCK = 2;

    private JpegInks() {}

    /**
     * Converts stored components to cyan, magenta, yellow and black ink.
     *
     * @param raster four stored bytes for each pixel; converted in place
     * @param file the file of the raster
     */
    static BufferedImage toCmyk(WritableRaster raster, byte[] file) {
        int[] transform = {-1};
        JpegSegments.forEach(file, (marker, content) -> {
            if (marker == ADOBE && isAdobe(content)) {
                transform[0] = content.get(11);
            }
        });
        byte[] samples = ((DataBufferByte) raster.getDataBuffer()).getData();
        if (transform[0] == ADOBE_YCCK) {
            for (int i = 0; i + 3 < samples.length; i += 4) {
                YCbCrConverter.convertJPEGYCbCr2RGB(samples, samples, i);
                samples[i + 3] = (byte) ~samples[i + 3];
            }
        } else if (transform[0] >= 0) {
            // Adobe's programs store inverted values.
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (byte) ~samples[i];
            }
        }
        ColorModel cmyk = new ComponentColorModel(
                ColorSpaces.getColorSpace(ColorSpaces.CS_GENERIC_CMYK),
                false,
                false,
                Transparency.OPAQUE,
                DataBuffer.TYPE_BYTE);
        return new BufferedImage(cmyk, raster, false, null);
    }

    private static boolean isAdobe(ByteBuffer content) {
        byte[] name = new byte[Math.min(content.remaining(), 5)];
        content.get(0, name);
        return content.remaining() >= 12 && new String(name, ISO_8859_1).equals("Adobe");
    }
}
