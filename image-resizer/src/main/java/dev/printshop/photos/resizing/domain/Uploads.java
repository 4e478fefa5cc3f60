package dev.printshop.photos.resizing.domain;

import java.util.Optional;

/** Where customers' files arrive, with all of their versions. */
public interface Uploads {

    /** The object that is current now; none when there is none, or when a delete marker hides it. */
    Optional<Upload> current(UploadKey key);

    /**
     * The file of an upload; none when what is current has other bytes, or nothing is.
     *
     * @throws UnreadableUploadException when it can't be read because of how it was uploaded; trying again would end
     *     the same way
     */
    Optional<byte[]> read(Upload upload);
}
