package dev.printshop.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.CreateApiKeyResponse;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;

/**
 * Creates API keys for scanners. A key begins with the code of its hub: CollectScans accepts only scans of this hub
 * with it.
 */
public final class ScannerKeys {

    private static final String HUBS = "stream-enricher/src/main/resources/dev/printshop/parcels/domain/hubs.csv";

    private static final String CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /** 32 of these characters are 190 bits; API Gateway allows 20 to 128 letters and digits for the whole key. */
    private static final int RANDOM_CHARACTERS = 32;

    private final ApiGatewayClient apiGateway;
    private final String application;
    private final SecureRandom random = new SecureRandom();

    /**
     * Creates keys for an application.
     *
     * @param application name of the root stack, for example {@code printshop-dev}
     */
    public ScannerKeys(ApiGatewayClient apiGateway, String application) {
        this.apiGateway = apiGateway;
        this.application = application;
    }

    /**
     * A created key.
     *
     * @param id its id in API Gateway
     * @param name its name, that of all keys of the hub
     * @param usagePlan the name of the usage plan that it belongs to
     * @param value the secret
     */
    public record ScannerKey(String id, String name, String usagePlan, String value) {

        /** Without the secret, so that no log has it. */
        @Override
        public String toString() {
            return "%s (%s)".formatted(name, id);
        }
    }

    /** The command: with the client of the default chain, for the hubs of this repository. Prints the key once. */
    static void main(String hubCode, String stage, Path projectRoot, Console console) {
        requireHub(hubCode, projectRoot);
        try (ApiGatewayClient apiGateway = ApiGatewayClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            ScannerKey key = new ScannerKeys(apiGateway, "printshop-" + stage).create(hubCode);
            console.line(
                    "Created the API key %s with the id %s, in the usage plan %s of API Gateway.",
                    key.name(), key.id(), key.usagePlan());
            console.line("The scanners of %s send its value as the header x-api-key:", hubCode);
            console.line("%s", key.value());
        } catch (SdkException e) {
            throw new LocalCloudException("No key was created: " + e.getMessage(), e);
        }
    }

    /**
     * Creates a key and adds it to the usage plan of scanners. Earlier keys of the hub stay valid. A key that can't be
     * added is deleted: API Gateway refuses it.
     *
     * @throws LocalCloudException when the application has no such usage plan, or when a key that was not added can't
     *     be deleted either
     * @throws SdkException when a call fails and no key is left
     */
    public ScannerKey create(String hubCode) {
        String planName = application + "-scanners";
        UsagePlan plan = apiGateway.getUsagePlansPaginator(get -> get.limit(100)).items().stream()
                .filter(each -> planName.equals(each.name()))
                .findFirst()
                .orElseThrow(() -> new LocalCloudException(
                        "There is no usage plan %s: deploy the stage first".formatted(planName)));
        String secret = hubCode + randomText();
        String name = "%s-scanner-%s".formatted(application, hubCode);
        CreateApiKeyResponse key = apiGateway.createApiKey(
                create -> create.name(name).value(secret).enabled(true));
        try {
            apiGateway.createUsagePlanKey(
                    create -> create.usagePlanId(plan.id()).keyId(key.id()).keyType("API_KEY"));
        } catch (SdkException e) {
            delete(key, e);
            throw e;
        }
        return new ScannerKey(key.id(), name, planName, secret);
    }

    private void delete(CreateApiKeyResponse key, SdkException cause) {
        try {
            apiGateway.deleteApiKey(delete -> delete.apiKey(key.id()));
        } catch (SdkException e) {
            cause.addSuppressed(e);
            throw new LocalCloudException(
                    "The API key %s (%s) could be neither added to the usage plan nor deleted. Delete it: %s"
                            .formatted(key.name(), key.id(), cause.getMessage()),
                    cause);
        }
    }

    private String randomText() {
        return random.ints(RANDOM_CHARACTERS, 0, CHARACTERS.length())
                .mapToObj(index -> CHARACTERS.substring(index, index + 1))
                .collect(Collectors.joining());
    }

    /**
     * Checks the code of a hub.
     *
     * @throws LocalCloudException when there is no such hub
     */
    public static void requireHub(String hubCode, Path projectRoot) {
        List<String> hubs = hubs(projectRoot);
        if (!hubs.contains(hubCode)) {
            throw new LocalCloudException("HUB must be one of %s, not '%s'".formatted(hubs, hubCode));
        }
    }

    private static List<String> hubs(Path projectRoot) {
        try (Stream<String> lines = Files.lines(projectRoot.resolve(HUBS))) {
            return lines.skip(1).map(line -> line.split(",", 2)[0]).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
