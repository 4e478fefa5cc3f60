package dev.printshop.shared.snapstart;

import dev.printshop.shared.telemetry.LogField;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a handler's code once before SnapStart's snapshot, so that a restored function finds its classes loaded, its
 * code compiled and its SDK clients initialised. Outside SnapStart it has no effect: the CRaC API is a no-op there.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">SnapStart runtime
 *     hooks</a>
 */
public final class Priming implements Resource {

    private static final Logger LOG = LoggerFactory.getLogger(Priming.class);

    /** A strong reference, because CRaC holds only weak references to its resources. */
    private static final List<Priming> HELD = new CopyOnWriteArrayList<>();

    private final Runnable warmUp;

    private Priming(Runnable warmUp) {
        this.warmUp = warmUp;
    }

    /**
     * Registers code to run before the snapshot. It must have no side effects and keep no data that becomes outdated.
     */
    public static void beforeCheckpoint(Runnable warmUp) {
        Priming priming = new Priming(warmUp);
        HELD.add(priming);
        Core.getGlobalContext().register(priming);
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        try {
            warmUp.run();
        } catch (RuntimeException e) {
            // Without priming, the first invocation is slower; with an exception here, the function can't be deployed.
            LOG.warn("Not primed", LogField.error(e));
        }
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        // No action is needed: credentials and connections are created on demand.
    }
}
