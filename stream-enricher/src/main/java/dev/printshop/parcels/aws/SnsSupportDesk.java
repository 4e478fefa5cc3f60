package dev.printshop.parcels.aws;

import dev.printshop.parcels.domain.SupportAlert;
import dev.printshop.parcels.domain.SupportDesk;
import java.util.Map;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/** An SNS topic. What a subscription may want to filter by is in the message's attributes. */
public final class SnsSupportDesk implements SupportDesk {

    private final SnsClient sns;
    private final String topicArn;

    public SnsSupportDesk(SnsClient sns, String topicArn) {
        this.sns = sns;
        this.topicArn = topicArn;
    }

    @Override
    public void send(SupportAlert alert) {
        sns.publish(publish -> publish.topicArn(topicArn)
                .subject(alert.subject())
                .message(alert.text())
                .messageAttributes(Map.of(
                        "severity", attribute(alert.severity().name()),
                        "eventType", attribute(alert.eventType()),
                        "parcelId", attribute(alert.parcel().value()))));
    }

    private static MessageAttributeValue attribute(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }
}
