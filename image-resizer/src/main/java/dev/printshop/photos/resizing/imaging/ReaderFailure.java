package dev.printshop.photos.resizing.imaging;

import dev.printshop.photos.resizing.domain.RejectionReason;
import dev.printshop.shared.telemetry.LogField;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The classification of a reader's exception. ImageIO doesn't specify the exceptions for a damaged file, and its
 * readers use many. They report unsupported features by an {@link UnsupportedOperationException}, or by the message.
 */
final class ReaderFailure {

    private static final Logger LOG = LoggerFactory.getLogger(ReaderFailure.class);

    private static final List<String> WORDS_FOR_UNSUPPORTED = List.of("unsupported", "not supported", "unknown tiff");

    private static final int LOGGED_FRAMES = 20;

    private ReaderFailure() {}

    /** The rejection reason of a file after its reader failed. */
    static RejectionReason reason(Exception failure) {
        return Stream.iterate((Throwable) failure, cause -> cause != null, Throwable::getCause)
                        .anyMatch(ReaderFailure::meansUnsupported)
                ? RejectionReason.UNSUPPORTED_FORMAT
                : RejectionReason.DAMAGED;
    }

    private static boolean meansUnsupported(Throwable failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return failure instanceof UnsupportedOperationException
                || WORDS_FOR_UNSUPPORTED.stream().anyMatch(message::contains);
    }

    /** Logs the origin of an exception, but not its message, which may contain text of the file. */
    static void log(Throwable failure, RejectionReason reason, Level level) {
        String trace = Arrays.stream(failure.getStackTrace())
                .limit(LOGGED_FRAMES)
                .map(StackTraceElement::toString)
                .collect(Collectors.joining(" < "));
        LOG.atLevel(level)
                .addArgument(LogField.REASON.with(reason))
                .addArgument(LogField.errorWithoutMessage(failure, trace))
                .log("The reader failed");
    }
}
