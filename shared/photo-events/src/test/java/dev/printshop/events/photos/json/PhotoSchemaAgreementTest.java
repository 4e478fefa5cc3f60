package dev.printshop.events.photos.json;

import dev.printshop.events.photos.PhotoEvent;
import dev.printshop.shared.json.SchemaAgreementContract;
import java.util.Map;

class PhotoSchemaAgreementTest extends SchemaAgreementContract {

    PhotoSchemaAgreementTest() {
        super(
                schema -> schema.source().equals(PhotoEvent.SOURCE),
                Map.of(
                        "PhotoResized", json -> PhotoEventJson.toDetail(PhotoEventJson.fromEnvelope(json)),
                        "PhotoRejected", json -> PhotoEventJson.toDetail(PhotoEventJson.fromEnvelope(json)),
                        "PhotoRemoved", json -> PhotoEventJson.toDetail(PhotoEventJson.fromEnvelope(json)),
                        "GalleryUpdated", json -> GalleryUpdatedJson.toDetail(GalleryUpdatedJson.fromEnvelope(json))));
    }
}
