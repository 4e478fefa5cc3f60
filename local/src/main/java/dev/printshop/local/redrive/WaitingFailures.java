package dev.printshop.local.redrive;

import dev.printshop.local.Console;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** The messages that wait in the failure queues of an application. They stay there. */
public final class WaitingFailures {

    private static final int SHOWN_CHARACTERS = 300;

    private final SqsClient sqs;
    private final String application;

    /**
     * Looks at an application's queues.
     *
     * @param application name of the root stack, for example {@code printshop-local}
     */
    public WaitingFailures(SqsClient sqs, String application) {
        this.sqs = sqs;
        this.application = application;
    }

    /** Shows each failure queue with its address and the beginnings of its messages. */
    public void show(Console console) {
        sqs.listQueuesPaginator(list -> list.queueNamePrefix(application + "-").maxResults(100)).queueUrls().stream()
                .filter(url -> url.endsWith("-failures") || url.endsWith("-dead-letters"))
                .map(url -> url.replace("//localhost:", "//127.0.0.1:"))
                .sorted()
                .forEach(url -> show(url, console));
    }

    private void show(String url, Console console) {
        FailureQueue queue = new FailureQueue(sqs, url, console);
        try {
            List<Message> messages = queue.receiveAll();
            console.line("%3d in %s", messages.size(), url);
            messages.forEach(message -> console.line("      %s", beginning(message.body())));
        } finally {
            queue.leaveTheRest();
        }
    }

    private static String beginning(String body) {
        String line = body.replaceAll("\\s+", " ");
        return line.length() <= SHOWN_CHARACTERS
                ? line
                : line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, SHOWN_CHARACTERS))) + " ...";
    }
}
