package dev.printshop.photos.resizing.domain;

import dev.printshop.shared.events.PhotoId;
import dev.printshop.shared.events.PhotoVersion;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A bucket of uploads in memory, which counts versions as S3 does, and in which something can happen in between. */
final class FakeUploads implements Uploads {

    static final Instant DAY = Instant.parse("2026-11-23T10:00:00Z");

    private final Map<String, byte[]> files = new HashMap<>();
    private final Map<String, String> etags = new HashMap<>();
    private Runnable afterNextRead = () -> {};
    private int sequence;

    Upload put(String key, String content) {
        files.put(key, content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        etags.put(key, "etag-of-" + content);
        return new Upload(UploadKey.parse(key), "etag-of-" + content, content.length(), nextVersion(), DAY);
    }

    Deletion delete(String key) {
        files.remove(key);
        etags.remove(key);
        return new Deletion(UploadKey.parse(key).photo(), nextVersion(), DAY);
    }

    /** Deletes a version that was replaced before, as a lifecycle rule does: the current one stays. */
    Deletion deleteReplacedVersion(String key) {
        return new Deletion(UploadKey.parse(key).photo(), nextVersion(), DAY);
    }

    void afterNextRead(Runnable happening) {
        afterNextRead = happening;
    }

    Optional<String> content(String key) {
        return Optional.ofNullable(files.get(key))
                .map(file -> new String(file, java.nio.charset.StandardCharsets.UTF_8));
    }

    @Override
    public Optional<byte[]> read(Upload upload) {
        Optional<byte[]> file =
                isCurrent(upload) ? Optional.ofNullable(files.get(upload.key().value())) : Optional.empty();
        Runnable happening = afterNextRead;
        afterNextRead = () -> {};
        happening.run();
        return file;
    }

    @Override
    public boolean isCurrent(Upload upload) {
        return upload.etag().equals(etags.get(upload.key().value()));
    }

    @Override
    public boolean holds(PhotoId photo) {
        return files.keySet().stream()
                .anyMatch(key -> UploadKey.parse(key).photo().equals(photo));
    }

    private PhotoVersion nextVersion() {
        sequence++;
        return PhotoVersion.ofSequencer("%08X".formatted(sequence));
    }
}
