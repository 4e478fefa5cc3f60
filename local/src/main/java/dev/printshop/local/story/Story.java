package dev.printshop.local.story;

import dev.printshop.local.LocalCloudException;

/** A part of the application in use, step by step, with a check of each result. */
interface Story {

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
}
