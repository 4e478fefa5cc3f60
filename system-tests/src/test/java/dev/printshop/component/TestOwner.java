package dev.printshop.component;

import org.junit.jupiter.api.TestInfo;

/** An owner of photos for each test, so that tests don't see each other's. */
final class TestOwner {

    private TestOwner() {}

    /** The owner whose photos no other test uses, nor another invocation of the same. */
    static String of(TestInfo test) {
        String name = test.getTestMethod().orElseThrow().toString() + test.getDisplayName();
        return "component-" + Integer.toHexString(name.hashCode());
    }
}
