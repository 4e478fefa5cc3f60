package dev.printshop.photos.resizing.domain;

import java.util.Optional;

/** The store of customers' files, with all of their versions. */
public interface Uploads {

    /** The current object; empty when there is none, or when a delete marker hides it. */
    Optional<Upload> current(UploadKey key);

    /**
     * The file of an upload; empty when the current object has other bytes, or there is none.
     *
     * @throws UnreadableUploadException when it can't be read because of how it was uploaded; a retry would fail in the
     *     same way
     */
    Optional<byte[]> read(Upload upload);
}
