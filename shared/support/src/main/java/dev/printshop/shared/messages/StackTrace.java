package dev.printshop.shared.messages;

/**
 * A stack trace for the log. Line breaks separate frames only: the exceptions' messages, which may repeat input, have
 * none.
 */
public final class StackTrace {

    private StackTrace() {}

    /** The exception, its frames, its suppressed exceptions, and its causes. */
    public static String of(Throwable failure) {
        StringBuilder trace = new StringBuilder();
        append(failure, "", trace);
        return trace.toString();
    }

    private static void append(Throwable failure, String label, StringBuilder trace) {
        trace.append(label).append(failure.getClass().getName());
        if (failure.getMessage() != null) {
            trace.append(": ").append(Quoted.line(failure.getMessage()));
        }
        for (StackTraceElement frame : failure.getStackTrace()) {
            trace.append("\n\tat ").append(frame);
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            append(suppressed, "\nSuppressed: ", trace);
        }
        if (failure.getCause() != null) {
            append(failure.getCause(), "\nCaused by: ", trace);
        }
    }
}
