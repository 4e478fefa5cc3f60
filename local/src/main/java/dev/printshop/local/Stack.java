package dev.printshop.local;

import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/**
 * The deployed application: its outputs, and clients with administrator permissions.
 *
 * @param workspace where it runs
 * @param outputs the stack's outputs by name
 */
public record Stack(Workspace workspace, Map<String, String> outputs) {

    static {
        // The emulator doesn't support CBOR for Kinesis; the SDK has no other switch for it.
        System.setProperty("aws.cborEnabled", "false");
    }

    public Stack {
        outputs = Map.copyOf(outputs);
    }

    /** The bucket that photos are uploaded to. */
    public String uploadsBucket() {
        return output("UploadsBucket");
    }

    /** The bucket that variants are written to. */
    public String variantsBucket() {
        return output("VariantsBucket");
    }

    /** The table of gallery items and profiles. */
    public String photosTable() {
        return output("PhotosTable");
    }

    /** The bus of all events. */
    public String eventBusName() {
        return output("EventBusName");
    }

    /** The queue between the bus and the gallery. */
    public String galleryQueueUrl() {
        return queueUrl("GalleryQueueUrl");
    }

    /** The queue of events that could not be applied. */
    public String galleryDeadLetterQueueUrl() {
        return queueUrl("GalleryDeadLetterQueueUrl");
    }

    /** The address of the REST API, without a slash at the end. */
    public String apiUrl() {
        // The stack's output has the API's host on AWS; here, the emulator answers instead.
        URI onAws = URI.create(output("ApiUrl"));
        String apiId = onAws.getHost().substring(0, onAws.getHost().indexOf('.'));
        String stage = onAws.getPath().replace("/", "");
        return "%s/restapis/%s/%s/_user_request_".formatted(workspace.endpoint(), apiId, stage);
    }

    /** The stream of scans. */
    public String scanStreamName() {
        return output("ScanStreamName");
    }

    /** The table of parcels and their scans. */
    public String parcelsTable() {
        return output("ParcelsTable");
    }

    /** The table of the hubs' figures for each minute. */
    public String hubFiguresTable() {
        return output("HubFiguresTable");
    }

    /** The topic that support is alerted on. */
    public String supportTopicArn() {
        return output("SupportTopicArn");
    }

    /** The failure queue for scans that could not be handled. */
    public String scanFailureQueueUrl() {
        return queueUrl("ScanFailureQueueUrl");
    }

    /** The bucket of the data lake with all scans. */
    public String dataLakeBucket() {
        return output("DataLakeBucket");
    }

    /** The user pool of the APIs' users. */
    public String userPoolId() {
        return output("UserPoolId");
    }

    /** The app client that users sign in to. */
    public String userPoolClientId() {
        return output("UserPoolClientId");
    }

    /**
     * The deployed name of a function, for example {@code printshop-local-resize-photo} for ResizePhotoFunction.
     */
    public static String functionName(String logicalId) {
        String verbAndNoun = logicalId.replaceFirst("Function$", "");
        return Deployment.STACK_NAME + verbAndNoun.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
    }

    /** A client of the local cloud. */
    public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
        return client(workspace, builder);
    }

    static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(Workspace workspace, B builder) {
        return builder.endpointOverride(URI.create(workspace.endpoint()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private String queueUrl(String name) {
        return output(name).replace("//localhost:", "//127.0.0.1:");
    }

    private String output(String name) {
        String value = outputs.get(name);
        if (value == null) {
            throw new LocalCloudException("The stack has no output %s, only %s".formatted(name, outputs.keySet()));
        }
        return value;
    }
}
