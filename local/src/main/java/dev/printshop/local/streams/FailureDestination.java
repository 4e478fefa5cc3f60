package dev.printshop.local.streams;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import java.util.function.Function;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The failure destination, which gets a message about discarded records. */
@FunctionalInterface
public interface FailureDestination {

    /** No destination. */
    FailureDestination NONE = _ -> {};

    /**
     * Reports discarded records.
     *
     * @throws RuntimeException if that fails; the report is retried then
     */
    void report(Failure failure);

    /**
     * A queue gets the record as a message, and so does a topic. A bucket gets it with the event that failed, in an
     * object {@code aws/lambda/<mapping>/<shard>/<yyyy/MM/dd>/<time>-<random UUID>}.
     */
    static FailureDestination of(String arn, String mappingId, SqsClient sqs, SnsClient sns, S3Client s3) {
        Arn parsed = Arn.of(arn);
        return switch (parsed.service()) {
            case "sqs" -> {
                String url = sqs.getQueueUrl(get -> get.queueName(parsed.resource()))
                        .queueUrl()
                        .replace("//localhost:", "//127.0.0.1:");
                yield failure -> sqs.sendMessage(send -> send.queueUrl(url).messageBody(failure.toJson()));
            }
            case "sns" ->
                failure -> sns.publish(publish -> publish.topicArn(arn).message(failure.toJson()));
            case "s3" -> {
                Function<Failure, String> key = failure -> objectKey(mappingId, failure);
                yield failure -> s3.putObject(
                        put -> put.bucket(parsed.resource()).key(key.apply(failure)),
                        RequestBody.fromString(failure.toJsonWithPayload()));
            }
            default ->
                throw new IllegalArgumentException(
                        "The failure destination of a stream must be a queue, a topic or a bucket, not " + arn);
        };
    }

    private static String objectKey(String mappingId, Failure failure) {
        return "aws/lambda/%s/%s/%s-%s"
                .formatted(
                        mappingId,
                        failure.shardId(),
                        format("yyyy/MM/dd/yyyy-MM-dd'T'HH.mm.ss", failure.timestamp()),
                        UUID.randomUUID());
    }

    private static String format(String pattern, Instant moment) {
        return DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC).format(moment);
    }
}
