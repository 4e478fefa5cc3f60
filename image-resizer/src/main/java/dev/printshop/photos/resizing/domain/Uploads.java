package dev.printshop.photos.resizing.domain;

import dev.printshop.shared.events.PhotoId;
import java.util.Optional;

/** Where customers' files arrive. What is there now is the truth; an event only says that it is worth looking. */
public interface Uploads {

    /** The file of an upload, or empty when it has been deleted or replaced since. */
    Optional<byte[]> read(Upload upload);

    /** Whether the upload is still there, neither deleted nor replaced. */
    boolean isCurrent(Upload upload);

    /** Whether there is any file for the photo. */
    boolean holds(PhotoId photo);
}
