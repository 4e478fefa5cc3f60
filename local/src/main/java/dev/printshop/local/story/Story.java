package dev.printshop.local.story;

import dev.printshop.local.LocalCloudException;
import java.util.List;

/** A part of the application in use, step by step, with a check of each result. */
public interface Story {

    /**
     * A command that shows more of what the story did.
     *
     * @param what a title of two or three words
     * @param command the command for the default port
     */
    record WhereToLook(String what, String command) {}

    /**
     * Runs one step for each kind of result.
     *
     * @throws LocalCloudException when a result is not as expected, with the log of the function at fault
     */
    void playShort();

    /**
     * Runs the whole story.
     *
     * @throws LocalCloudException when a result is not as expected, with the log of the function at fault
     */
    void play();

    /** Commands to continue with; they work after the story. */
    List<WhereToLook> whereToLook();
}
