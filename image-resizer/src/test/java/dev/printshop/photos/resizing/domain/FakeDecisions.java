package dev.printshop.photos.resizing.domain;

import dev.printshop.events.photos.PhotoId;
import dev.printshop.events.photos.PhotoVersion;
import dev.printshop.shared.concurrency.ConcurrentChangeException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** In-memory decisions, with a step before and after each call, which can fail. */
public final class FakeDecisions implements Decisions {

    private final Map<PhotoId, Stored> stored = new HashMap<>();
    private Runnable step = () -> {};
    private int revisions;

    void onEachStep(Runnable step) {
        this.step = step;
    }

    synchronized void storeOfALaterVersionOfTheCode(PhotoId photo, PhotoVersion version) {
        revisions++;
        stored.put(photo, new Stored(version, Optional.empty(), "revision-" + revisions));
    }

    @Override
    public Optional<Stored> latest(PhotoId photo) {
        step.run();
        Optional<Stored> latest;
        synchronized (this) {
            latest = Optional.ofNullable(stored.get(photo));
        }
        step.run();
        return latest;
    }

    @Override
    public void replace(Optional<Stored> seen, Decision decision) {
        step.run();
        PhotoId photo = decision.event().photo();
        synchronized (this) {
            Optional<String> latest = Optional.ofNullable(stored.get(photo)).map(Stored::revision);
            if (!latest.equals(seen.map(Stored::revision))) {
                throw new ConcurrentChangeException("Another decision on photo %s was stored first".formatted(photo));
            }
            revisions++;
            stored.put(photo, new Stored(decision, "revision-" + revisions));
        }
        step.run();
    }
}
