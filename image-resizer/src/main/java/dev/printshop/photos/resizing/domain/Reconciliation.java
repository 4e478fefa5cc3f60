package dev.printshop.photos.resizing.domain;

import dev.printshop.events.photos.PhotoEvent;
import dev.printshop.events.photos.PhotoEventPublisher;
import dev.printshop.photos.resizing.domain.Decisions.Stored;
import dev.printshop.photos.resizing.domain.Outcome.Announced;
import dev.printshop.photos.resizing.domain.Outcome.Overtaken;
import dev.printshop.photos.resizing.domain.Outcome.Unchanged;
import dev.printshop.shared.concurrency.Backoff;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import java.util.Optional;

/**
 * Reconciles the announced state of a photo with its current upload. The result does not depend on the content, number
 * and order of the events that trigger it.
 *
 * <p>The latest decision is read first, then the current upload, and the new decision replaces exactly the one that was
 * read (optimistic locking). So if the upload changes in between, either the event of that change arrives later and
 * leads to a new decision, or it was already handled, and this attempt fails and is retried. For that, every event that
 * shows a change updates the stored decision, also if it confirms it. Decisions of a photo have rising versions,
 * because an event never replaces the decision of the same or a later one. The gallery orders them by these versions.
 *
 * <p>The decision is stored before it is announced; a retry of its event announces it again. There is one decision for
 * each version: a retry with other limits or other settings of the variants repeats the decision. Only a decision that
 * this version of the code can't read is replaced by the next event of the same version or a later one.
 */
final class Reconciliation {

    private final Uploads uploads;
    private final Decisions decisions;
    private final Variants variants;
    private final PhotoEventPublisher publisher;
    private final OptimisticAttempts attempts;

    Reconciliation(
            Uploads uploads, Decisions decisions, Variants variants, PhotoEventPublisher publisher, Backoff backoff) {
        this.uploads = uploads;
        this.decisions = decisions;
        this.variants = variants;
        this.publisher = publisher;
        this.attempts = new OptimisticAttempts(backoff);
    }

    /** Decides on a photo by its current upload. */
    @FunctionalInterface
    interface Judge {

        /**
         * The event to announce.
         *
         * @param current the upload; empty when there is none
         * @return empty when the other function is responsible for the current state, with another event
         */
        Optional<PhotoEvent> judge(ObjectChange change, Optional<Upload> current);
    }

    Outcome reconcile(ObjectChange change, Judge judge) {
        return attempts.run(() -> attempt(change, judge));
    }

    private Outcome attempt(ObjectChange change, Judge judge) {
        Optional<Stored> seen = decisions.latest(change.photo());
        Optional<Decision> latest = seen.flatMap(Stored::decision);
        if (seen.isPresent() && seen.get().version().isAfter(change.version())) {
            return latest.isPresent() ? overtaken(change, latest.get()) : new Overtaken();
        }
        if (latest.isPresent() && latest.get().version().equals(change.version())) {
            return announce(latest.get().event());
        }
        Optional<Upload> current = uploads.current(change.key());
        Optional<String> contentId = current.map(Upload::contentId);
        if (latest.isPresent() && latest.get().contentId().equals(contentId)) {
            return repeat(change, seen, latest.get());
        }
        Optional<PhotoEvent> event = judge.judge(change, current);
        if (event.isEmpty()) {
            return new Overtaken();
        }
        return decide(seen, new Decision(contentId, event.get()));
    }

    /**
     * An earlier event led to the decision on the current upload. The decision is repeated with a new version in two
     * cases: for the upload's own event, and if variants have been stored since, by this event or by the invocation of
     * an earlier one, because they must be removed. Any other event confirms the decision.
     */
    private Outcome repeat(ObjectChange change, Optional<Stored> seen, Decision decision) {
        boolean isNews = change.kind() == ObjectChange.Kind.CREATED
                || variants.holds(change.photo(), decision.version(), change.version(), decision.variantKeys());
        return isNews ? decide(seen, decision.at(change.version())) : confirm(change, seen, decision);
    }

    /**
     * Stores that the decision is valid after this change. So a function that read the upload before the change can no
     * longer replace the decision, which now has another revision. A duplicate event, or one that arrives after a later
     * one confirmed the decision, need not store it: the later read was after its change, too.
     */
    private Outcome confirm(ObjectChange change, Optional<Stored> seen, Decision decision) {
        if (change.version().isAfter(decision.confirmedAt())) {
            decisions.replace(seen, decision.confirmedAt(change.version()));
        }
        return new Unchanged();
    }

    private Outcome decide(Optional<Stored> seen, Decision decision) {
        decisions.replace(seen, decision);
        return announce(decision.event());
    }

    /**
     * This event, in this attempt or an interrupted one, may have stored variants after the superseded ones were
     * removed. Announcing the latest decision again leads to their removal.
     */
    private Outcome overtaken(ObjectChange change, Decision latest) {
        if (variants.holds(change.photo(), change.version(), change.version(), latest.variantKeys())) {
            publisher.publish(latest.event());
        }
        return new Overtaken();
    }

    private Outcome announce(PhotoEvent event) {
        publisher.publish(event);
        return new Announced(event);
    }
}
