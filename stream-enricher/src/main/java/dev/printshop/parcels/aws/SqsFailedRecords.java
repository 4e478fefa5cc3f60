package dev.printshop.parcels.aws;

import dev.printshop.parcels.domain.FailedRecord;
import dev.printshop.parcels.domain.FailedRecords;
import dev.printshop.parcels.json.FailedRecordJson;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The failure queue in SQS. {@link FailedRecordJson} describes its messages. */
public final class SqsFailedRecords implements FailedRecords {

    private final SqsClient sqs;
    private final String queueUrl;

    public SqsFailedRecords(SqsClient sqs, String queueUrl) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
    }

    @Override
    public void keep(FailedRecord failed, Throwable reason) {
        sqs.sendMessage(message -> message.queueUrl(queueUrl).messageBody(FailedRecordJson.write(failed, reason)));
    }
}
