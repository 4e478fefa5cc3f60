package dev.printshop.shared.batch;

/**
 * Where building a {@link BatchMessageHandler} begins: {@code new
 * BatchMessageHandlerBuilder().withSqsBatchHandler()...}
 *
 * <p>Names and behaviour are those of the batch module of Powertools for AWS Lambda (Java), of which this package has
 * the part that is used here; changing over to it is a matter of imports.
 *
 * @see <a href="https://docs.powertools.aws.dev/lambda/java/latest/utilities/batch/">Powertools: batch processing</a>
 */
public final class BatchMessageHandlerBuilder {

    /** For a function that takes its messages from an SQS queue. */
    public SqsBatchMessageHandlerBuilder withSqsBatchHandler() {
        return new SqsBatchMessageHandlerBuilder();
    }
}
