package dev.printshop.component;

import org.junit.jupiter.api.TestInfo;

/** An owner of photos for each test, so that tests don't affect each other. */
final class TestOwner {

    private TestOwner() {}

    /** An owner whose photos no other test and no other run of the same test uses. */
    static String of(TestInfo test) {
        String name = test.getTestMethod().orElseThrow().toString() + test.getDisplayName();
        return "component-" + Integer.toHexString(name.hashCode());
    }
}
