package dev.printshop.photos.resizing.domain;

import dev.printshop.events.photos.PhotoVersion;
import dev.printshop.photos.resizing.domain.ObjectChange.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An in-memory bucket of uploads with the versions and delete markers of S3. Each change of a key returns the content
 * of S3's event. A step runs before and after each call of the port: it can change the bucket, or fail.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/versioning-workflows.html">How S3 Versioning
 *     works</a>
 */
public final class FakeUploads implements Uploads {

    static final Instant DAY = Instant.parse("2026-11-23T10:00:00Z");

    /** An object's version, or a delete marker, which has no content. */
    @SuppressWarnings("ArrayRecordComponent") // versions are identified by their ids
    private record Version(String id, byte @Nullable [] content) {}

    private final Map<String, List<Version>> versions = new HashMap<>();
    private Runnable step = () -> {};
    private Runnable afterNextRead = () -> {};
    private int sequence;
    private boolean locked;

    /** Uploads a file as the current version, before existing ones. */
    ObjectChange put(String key, String content) {
        return put(key, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Uploads a file as the current version, before existing ones. */
    public ObjectChange put(String key, byte[] content) {
        add(key, content);
        return change(key, Kind.CREATED);
    }

    /** Deletes without a version id: a delete marker hides the existing versions. */
    public ObjectChange delete(String key) {
        add(key, null);
        return change(key, Kind.DELETED);
    }

    /** Permanently deletes the latest version, an object or a delete marker: the previous one is current again. */
    public ObjectChange deleteCurrentVersion(String key) {
        versionsOf(key).removeLast();
        return change(key, Kind.DELETED);
    }

    /** Permanently deletes the version at the given distance before the current one. */
    ObjectChange deleteVersionBefore(String key, int steps) {
        List<Version> all = versionsOf(key);
        all.remove(all.size() - 1 - steps);
        return change(key, Kind.DELETED);
    }

    /**
     * A lifecycle rule deletes the oldest version, which isn't current, or a delete marker without other versions. That
     * doesn't change the current upload, so the handlers ignore its event.
     */
    public void expire(String key) {
        versionsOf(key).removeFirst();
    }

    /** Whether a lifecycle rule has anything to delete. */
    boolean canExpire(String key) {
        List<Version> all = versionsOf(key);
        return all.size() > 1 || (all.size() == 1 && all.getFirst().content() == null);
    }

    /** The number of versions and delete markers. */
    int count(String key) {
        return versionsOf(key).size();
    }

    /** The current content. */
    Optional<String> content(String key) {
        return currentVersion(key).map(version -> new String(content(version), StandardCharsets.UTF_8));
    }

    /** From now on, files can't be read because of their storage. */
    void lock() {
        locked = true;
    }

    void afterNextRead(Runnable happening) {
        afterNextRead = happening;
    }

    void onEachStep(Runnable step) {
        this.step = step;
    }

    @Override
    public Optional<Upload> current(UploadKey key) {
        step.run();
        Optional<Upload> current = currentVersion(key.value())
                .map(version -> new Upload(key, version.id(), etag(version), content(version).length, DAY));
        step.run();
        return current;
    }

    @Override
    public Optional<byte[]> read(Upload upload) {
        step.run();
        if (locked) {
            throw new UnreadableUploadException("It is locked", new IllegalStateException("403"));
        }
        Optional<byte[]> file = currentVersion(upload.key().value())
                .filter(version -> etag(version).equals(upload.etag()))
                .map(FakeUploads::content);
        Runnable happening = afterNextRead;
        afterNextRead = () -> {};
        happening.run();
        step.run();
        return file;
    }

    private Optional<Version> currentVersion(String key) {
        List<Version> all = versionsOf(key);
        return all.isEmpty() || all.getLast().content() == null ? Optional.empty() : Optional.of(all.getLast());
    }

    private List<Version> versionsOf(String key) {
        return versions.computeIfAbsent(key, _ -> new ArrayList<>());
    }

    private void add(String key, byte @Nullable [] content) {
        versionsOf(key).add(new Version("v" + (sequence + 1), content));
    }

    private ObjectChange change(String key, Kind kind) {
        sequence++;
        return new ObjectChange(UploadKey.parse(key), PhotoVersion.ofSequencer("%08X".formatted(sequence)), kind, DAY);
    }

    private static byte[] content(Version version) {
        byte[] content = version.content();
        if (content == null) {
            throw new IllegalStateException("A delete marker has no content");
        }
        return content;
    }

    private static String etag(Version version) {
        return "etag-of-" + new String(content(version), StandardCharsets.UTF_8);
    }
}
