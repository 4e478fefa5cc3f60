package dev.printshop.shared.batch;

/**
 * Entry point for building a {@link BatchMessageHandler}: {@code new
 * BatchMessageHandlerBuilder().withSqsBatchHandler()...}
 *
 * <p>Names and behaviour are those of the batch module of Powertools for AWS Lambda (Java), of which this package
 * implements the part that is used here. To migrate to it, change the imports.
 *
 * @see <a href="https://docs.powertools.aws.dev/lambda/java/latest/utilities/batch/">Powertools: batch processing</a>
 */
public final class BatchMessageHandlerBuilder {

    /** For a function that receives its messages from an SQS queue. */
    public SqsBatchMessageHandlerBuilder withSqsBatchHandler() {
        return new SqsBatchMessageHandlerBuilder();
    }
}
