package dev.printshop.local.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.local.Console;
import dev.printshop.local.LocalCloudException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class StoriesTest {

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(shown, true, StandardCharsets.UTF_8));

    @Test
    void storiesThatRunAtTheSameTime_areShownOneAfterTheOther() {
        // given
        CountDownLatch firstHasBegun = new CountDownLatch(1);
        CountDownLatch secondIsOver = new CountDownLatch(1);

        // when
        Stories.sideBySide(
                console,
                List.of(
                        story -> {
                            story.line("first begins");
                            firstHasBegun.countDown();
                            await(secondIsOver);
                            story.line("first ends");
                        },
                        story -> {
                            await(firstHasBegun);
                            story.line("second");
                            secondIsOver.countDown();
                        }));

        // then
        assertThat(lines()).containsExactly("first begins", "first ends", "second");
    }

    @Test
    void storyThatFails_isShownWithItsFailure_andEndsTheOthers() {
        LocalCloudException failure = new LocalCloudException("no alert");
        CountDownLatch ended = new CountDownLatch(1);

        assertThatThrownBy(() -> Stories.sideBySide(
                        console,
                        List.of(
                                story -> story.line("first"),
                                story -> {
                                    story.line("second");
                                    throw failure;
                                },
                                story -> {
                                    try {
                                        Thread.sleep(Long.MAX_VALUE);
                                    } catch (InterruptedException _) {
                                        ended.countDown();
                                    }
                                })))
                .isSameAs(failure);
        assertThat(lines()).containsExactly("first", "second");
        await(ended);
    }

    private List<String> lines() {
        return shown.toString(StandardCharsets.UTF_8).lines().map(String::strip).toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
