package dev.printshop.orders.aws;

import dev.printshop.events.photos.PhotoId;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The attributes of items. */
final class Attributes {

    private Attributes() {}

    static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    static AttributeValue required(Map<String, AttributeValue> item, String attribute) {
        AttributeValue value = item.get(attribute);
        if (value == null) {
            throw new IllegalStateException(
                    "An item must have '%s', but has the attributes %s".formatted(attribute, item.keySet()));
        }
        return value;
    }

    static String requiredText(Map<String, AttributeValue> item, String attribute) {
        return required(item, attribute).s();
    }

    static long requiredNumber(Map<String, AttributeValue> item, String attribute) {
        return Long.parseLong(required(item, attribute).n());
    }

    /** A photo as owner/photo; neither has a slash. */
    static AttributeValue photo(PhotoId photo) {
        return text(photo.toString());
    }

    static PhotoId requiredPhoto(Map<String, AttributeValue> item, String attribute) {
        String photo = requiredText(item, attribute);
        int slash = photo.indexOf('/');
        return new PhotoId(photo.substring(0, slash), photo.substring(slash + 1));
    }
}
