package dev.printshop.photos.resizing.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.photos.resizing.domain.RejectionReason;
import dev.printshop.photos.resizing.domain.Rendering;
import dev.printshop.photos.resizing.domain.VariantLadder;
import dev.printshop.shared.telemetry.LogRecords;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.EOFException;
import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.IIOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** For any exception or result of a reader, {@code render} returns a reason, and logs unexpected failures. */
class ReaderFailureTest {

    private final PhotoRenderer renderer =
            new PhotoRenderer(VariantLadder.parse("large=1280 medium=640 small=320 thumb=150x150"), 100_000_000);

    private final FailingReaders readers = new FailingReaders();

    @RegisterExtension
    private final LogRecords log = new LogRecords();

    @BeforeEach
    void registerReaders() {
        IIORegistry.getDefaultInstance().registerServiceProvider(readers);
    }

    @AfterEach
    void deregisterReaders() {
        IIORegistry.getDefaultInstance().deregisterServiceProvider(readers);
    }

    private static List<Arguments> failures() {
        return List.of(
                failure(new IIOException("Unsupported TIFF Compression value: 7"), "UNSUPPORTED_FORMAT", false),
                failure(new IIOException("Variable BitsPerSample not supported: 8, 4"), "UNSUPPORTED_FORMAT", false),
                failure(new IIOException("Unknown TIFF Predictor value: 9"), "UNSUPPORTED_FORMAT", false),
                failure(new IIOException("Can't read", new IIOException("Unsupported")), "UNSUPPORTED_FORMAT", false),
                failure(new UnsupportedOperationException(), "UNSUPPORTED_FORMAT", true),
                failure(new IIOException("Bogus marker"), "DAMAGED", false),
                failure(new EOFException(), "DAMAGED", false),
                failure(new IllegalArgumentException("Unknown image type"), "DAMAGED", true),
                failure(new ArrayIndexOutOfBoundsException(7), "DAMAGED", true),
                failure(new AssertionError("Unknown image type"), "DAMAGED", true),
                failure(new InternalError("Unknown image type"), "DAMAGED", true),
                failure(new OutOfMemoryError("Java heap space"), "TOO_COMPLEX", true),
                failure(new StackOverflowError(), "TOO_COMPLEX", true));
    }

    private static Arguments failure(Throwable failure, String reason, boolean logged) {
        return Arguments.argumentSet(failure.toString(), failure, RejectionReason.valueOf(reason), logged);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void readerThatFails_leadsToAReason(Throwable failure, RejectionReason reason, boolean logged) {
        readers.failure = failure;

        assertThat(renderer.render(TestPictures.quartersAs("gif", 64, 48))).isEqualTo(new Rendering.Refused(reason));

        assertThat(logged()).isEqualTo(logged);
    }

    @Test
    void readerThatCantBeLinked_isNoPropertyOfTheFile() {
        readers.failure = new NoClassDefFoundError();

        assertThatThrownBy(() -> renderer.render(TestPictures.quartersAs("gif", 64, 48)))
                .isSameAs(readers.failure);
    }

    @Test
    void pictureOfAnUnforeseenKind_isRefusedAsUnsupported() {
        readers.picture = Optional.of(unreadable());

        assertThat(renderer.render(TestPictures.quartersAs("gif", 64, 48)))
                .isEqualTo(new Rendering.Refused(RejectionReason.UNSUPPORTED_FORMAT));

        assertThat(logged()).isTrue();
    }

    /** Whether the log contains the failure's type, and not its message, which may contain text of the file. */
    private boolean logged() {
        assertThat(log.lines()).noneMatch(line -> line.contains("Unknown image type"));
        return log.lines().stream()
                .anyMatch(line -> line.contains("The reader failed {reason=")
                        && line.contains(ReaderFailureTest.class.getName()));
    }

    /** A picture that throws when its pixels are converted. */
    private static BufferedImage unreadable() {
        return new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB) {
            @Override
            public WritableRaster getRaster() {
                throw new IllegalStateException();
            }
        };
    }

    /** Readers of GIFs that fail, or return a result of the test. */
    private static final class FailingReaders extends ImageReaderSpi {
        private Throwable failure = new AssertionError("No failure is set");
        private Optional<BufferedImage> picture = Optional.empty();

        FailingReaders() {
            super(
                    "Printshop",
                    "1",
                    new String[] {"gif", "GIF"},
                    new String[0],
                    new String[0],
                    FailingReader.class.getName(),
                    new Class<?>[] {ImageInputStream.class},
                    new String[0],
                    false,
                    null,
                    null,
                    null,
                    null,
                    false,
                    null,
                    null,
                    null,
                    null);
        }

        @Override
        public boolean canDecodeInput(Object source) {
            return false;
        }

        @Override
        public ImageReader createReaderInstance(Object extension) {
            return new FailingReader(this);
        }

        @Override
        public String getDescription(Locale locale) {
            return "Fails";
        }
    }

    private static final class FailingReader extends ImageReader {
        private final FailingReaders settings;

        FailingReader(FailingReaders settings) {
            super(settings);
            this.settings = settings;
        }

        @Override
        public BufferedImage read(int index, ImageReadParam parameters) throws IOException {
            if (settings.picture.isPresent()) {
                return settings.picture.get();
            }
            settings.failure.setStackTrace(new Throwable().getStackTrace());
            switch (settings.failure) {
                case IOException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                default -> throw new IllegalStateException(settings.failure);
            }
        }

        @Override
        public int getNumImages(boolean search) {
            return 1;
        }

        @Override
        public int getWidth(int index) {
            return 64;
        }

        @Override
        public int getHeight(int index) {
            return 48;
        }

        @Override
        public Iterator<ImageTypeSpecifier> getImageTypes(int index) {
            return Collections.emptyIterator();
        }

        @Override
        public IIOMetadata getStreamMetadata() {
            throw new UnsupportedOperationException();
        }

        @Override
        public IIOMetadata getImageMetadata(int index) {
            throw new UnsupportedOperationException();
        }
    }
}
