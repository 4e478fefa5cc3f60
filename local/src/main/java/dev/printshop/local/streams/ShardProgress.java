package dev.printshop.local.streams;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The progress in a shard and its next steps: the rules of an event source mapping for a stream. Its input is the read
 * records and the outcome of each step; it has no clock and no side effects, and is confined to one thread.
 *
 * <p>With any failures, each record is processed at least once, reported to the failure destination, or filtered out.
 * No record is processed for the first time after a later one of the same partition key, unless it was discarded before
 * and is read again after a restart.
 */
public final class ShardProgress {

    /**
     * A place in a shard that processing can resume from.
     *
     * @param sequenceNumber all records up to this one are done; empty before the first
     * @param window the tumbling window that is open
     * @param state the window's state, a JSON object
     */
    public record Position(Optional<String> sequenceNumber, Optional<Window> window, String state) {

        /** Before the first record. */
        public static final Position START = new Position(Optional.empty(), Optional.empty(), "{}");
    }

    private final Predicate<StreamRecord> filter;
    private final List<Lane> lanes;
    private final Deque<String> unfinished = new ArrayDeque<>();
    private final Set<String> done = new HashSet<>();
    private Optional<String> checkpoint;
    private Instant completeUntil = Instant.MIN;
    private boolean ended;

    /**
     * @param settings the mapping's
     * @param filter which records the function gets; the others are done as soon as they are read
     * @param position the position of an earlier run
     */
    public ShardProgress(BatchSettings settings, Predicate<StreamRecord> filter, Position position) {
        this.filter = filter;
        this.checkpoint = position.sequenceNumber();
        this.lanes = IntStream.range(0, settings.parallelizationFactor())
                .mapToObj(number -> new Lane(number, settings, record -> done.add(record.sequenceNumber())))
                .toList();
        if (settings.tumblingWindow().isPresent()) {
            position.window().ifPresent(window -> lanes.getFirst().restore(window, position.state()));
        }
    }

    /** Adds records that were read, in the order of the stream. */
    public void read(List<StreamRecord> records, Instant now) {
        for (StreamRecord record : records) {
            unfinished.add(record.sequenceNumber());
            if (filter.test(record)) {
                laneOf(record).add(record, now);
            } else {
                done.add(record.sequenceNumber());
            }
        }
        moveCheckpoint();
    }

    /** Records that all records before this moment have been read: windows until then can end. */
    public void caughtUp(Instant moment) {
        completeUntil = moment;
    }

    /** Records that the shard is closed and completely read. */
    public void ended() {
        ended = true;
        completeUntil = Instant.MAX;
    }

    /** The steps that can begin now: at most one for each lane without a current step. */
    public List<Step> next(Instant now) {
        return lanes.stream()
                .flatMap(lane -> lane.next(now, completeUntil).stream())
                .toList();
    }

    /** Receives the outcome of a step. */
    public void completed(Step step, Outcome outcome, Instant now) {
        lanes.get(step.lane()).completed(step, outcome, now);
        moveCheckpoint();
    }

    /** The position to resume from. */
    public Position position() {
        return new Position(
                checkpoint, lanes.getFirst().window(), lanes.getFirst().state());
    }

    /** The number of read records that are neither processed nor discarded. */
    public int unfinished() {
        return lanes.stream().mapToInt(Lane::size).sum();
    }

    /** Whether the shard is closed and all of its records are done: then its children may be read. */
    public boolean isFinished() {
        return ended && lanes.stream().allMatch(Lane::isEmpty);
    }

    private Lane laneOf(StreamRecord record) {
        return lanes.get(Math.floorMod(record.partitionKey().hashCode(), lanes.size()));
    }

    private void moveCheckpoint() {
        while (!unfinished.isEmpty() && done.remove(unfinished.peekFirst())) {
            checkpoint = Optional.of(unfinished.removeFirst());
        }
    }
}
