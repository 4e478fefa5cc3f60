package dev.printshop.photos.resizing.domain;

import dev.printshop.photos.resizing.domain.Decisions.Stored;
import dev.printshop.photos.resizing.domain.Outcome.Announced;
import dev.printshop.photos.resizing.domain.Outcome.Overtaken;
import dev.printshop.photos.resizing.domain.Outcome.Unchanged;
import dev.printshop.shared.concurrency.Backoff;
import dev.printshop.shared.concurrency.OptimisticAttempts;
import dev.printshop.shared.events.PhotoEvent;
import dev.printshop.shared.events.PhotoEventPublisher;
import java.util.Optional;

/**
 * Brings what is announced for a photo in line with the upload that is current now, whatever the event says that led
 * here, however often and in whichever order events arrive.
 *
 * <p>The latest decision is read first, then the current upload, and the new decision replaces exactly the one that was
 * read. So if the upload changes in between, either the event of that change comes later and decides anew, or it was
 * handled already and this attempt fails and looks again. For that, every event that shows a change leaves a trace in
 * what is stored, also if it confirms the decision. Decisions of a photo have rising versions, because an event never
 * replaces the decision of the same or a later one. That is what the gallery goes by.
 *
 * <p>The decision is stored before it is announced; the repetition of the event that made it announces it again. A
 * version is decided on once: a repetition under other limits or other settings of the variants repeats the decision.
 * Only a decision that this version of the code can't read is replaced by the next event of the same version or a later
 * one.
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

    /** Decides on a photo in view of what is current. */
    @FunctionalInterface
    interface Judge {

        /**
         * The event to announce.
         *
         * @param current the upload; none when there is none
         * @return none when another function decides on what is current, on an event of its own
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
     * An earlier event led to the decision on what is current. It holds, but for the sake of the version: an upload's
     * own event announces it at its version; so does an event that finds variants which were stored since, by itself or
     * by the function of an earlier event that left what followed to others: they have to be removed. Any other event
     * confirms it.
     */
    private Outcome repeat(ObjectChange change, Optional<Stored> seen, Decision decision) {
        boolean isNews = change.kind() == ObjectChange.Kind.CREATED
                || variants.holds(change.photo(), decision.version(), change.version(), decision.variantKeys());
        return isNews ? decide(seen, decision.at(change.version())) : confirm(change, seen, decision);
    }

    /**
     * Stores that the decision holds after this change. So a function that looked at the upload before the change can
     * no longer replace the decision, which has another revision now. An event that comes again, or after a later one
     * confirmed the decision, need not store that: the look of the one that did came after its change, too.
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
     * This event, in this try or one that ended early, may have stored variants after the superseded ones were removed.
     * Announcing the latest decision once more has them removed, too.
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
