package dev.printshop.parcels.aws;

import dev.printshop.parcels.domain.SupportAlert;
import dev.printshop.parcels.domain.SupportDesk;
import dev.printshop.shared.idempotency.UnknownOutcomeException;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/**
 * An SNS topic. The message's attributes contain the fields for subscription filters. A standard topic doesn't
 * deduplicate, and a FIFO topic, which does, supports no e-mail addresses.
 */
public final class SnsSupportDesk implements SupportDesk {

    private final SnsClient sns;
    private final String topicArn;

    /**
     * Uses a topic.
     *
     * @param sns a client that {@linkplain dev.printshop.shared.aws.AwsClients#createForVisibleEffects doesn't repeat a
     *     call that got no answer}: each retry may send another message
     * @param topicArn the topic
     */
    public SnsSupportDesk(SnsClient sns, String topicArn) {
        this.sns = sns;
        this.topicArn = topicArn;
    }

    @Override
    public void send(SupportAlert alert) {
        try {
            sns.publish(publish -> publish.topicArn(topicArn)
                    .subject(alert.subject())
                    .message(alert.text())
                    .messageAttributes(Map.of(
                            "severity", attribute(alert.severity().name()),
                            "eventType", attribute(alert.eventType()),
                            "parcelId", attribute(alert.parcel().value()))));
        } catch (SdkClientException e) {
            throw new UnknownOutcomeException(
                    "SNS did not answer, and may have accepted the alert: %s".formatted(e.getMessage()), e);
        }
    }

    private static MessageAttributeValue attribute(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }
}
