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
 * How far a shard is processed, and what is to be done next: the rules of an event source mapping for a stream. It is
 * told what was read and what came of each step; it has no clock, does nothing itself, and belongs to one thread.
 *
 * <p>Whatever fails, each record is processed at least once, or given to the failure destination, or was filtered out;
 * and no record is processed for the first time after a later one of the same partition key, unless it was given up
 * before and is read again after a restart.
 */
public final class ShardProgress {

    /**
     * A place in a shard that processing can resume from.
     *
     * @param sequenceNumber everything up to this record is done; none, if nothing is
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
     * @param filter which records the function wants; the others are done as soon as they are read
     * @param position where an earlier run was
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

    /** Notes that every record was read which the stream took before this moment: windows until then can end. */
    public void caughtUp(Instant moment) {
        completeUntil = moment;
    }

    /** Notes that the shard was closed and everything in it read. */
    public void ended() {
        ended = true;
        completeUntil = Instant.MAX;
    }

    /** What can be begun now: at most one step for each lane that has none. */
    public List<Step> next(Instant now) {
        return lanes.stream()
                .flatMap(lane -> lane.next(now, completeUntil).stream())
                .toList();
    }

    /** Takes what came of a step. */
    public void completed(Step step, Outcome outcome, Instant now) {
        lanes.get(step.lane()).completed(step, outcome, now);
        moveCheckpoint();
    }

    /** Where to resume from, if this is the end. */
    public Position position() {
        return new Position(
                checkpoint, lanes.getFirst().window(), lanes.getFirst().state());
    }

    /** How many records were read and are neither processed nor given up. */
    public int unfinished() {
        return lanes.stream().mapToInt(Lane::size).sum();
    }

    /** Whether the shard is closed and everything in it done: now its children may be read. */
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
