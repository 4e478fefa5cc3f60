package dev.printshop.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.local.ScannerKeys.ScannerKey;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.CreateApiKeyRequest;
import software.amazon.awssdk.services.apigateway.model.CreateApiKeyResponse;
import software.amazon.awssdk.services.apigateway.model.CreateUsagePlanKeyRequest;
import software.amazon.awssdk.services.apigateway.model.CreateUsagePlanKeyResponse;
import software.amazon.awssdk.services.apigateway.model.DeleteApiKeyRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteApiKeyResponse;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlansRequest;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlansResponse;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;

class ScannerKeysTest {

    private final FakeApiGateway apiGateway = new FakeApiGateway();
    private final ScannerKeys scannerKeys = new ScannerKeys(apiGateway, "printshop-dev");

    @Test
    void unknownHub_isRefusedBeforeAnyCall() {
        Console console = new Console(new PrintStream(new ByteArrayOutputStream()));

        assertThatThrownBy(() -> ScannerKeys.main("XYZ", "dev", LocalCloudExtension.ROOT, console))
                .isInstanceOf(LocalCloudException.class)
                .hasMessageStartingWith("HUB must be one of [AMS, ")
                .hasMessageEndingWith(", not 'XYZ'");
    }

    @Test
    void textOfAKey_hasNoSecret() {
        assertThat(new ScannerKey("a1b2c3", "printshop-dev-scanner-FRA", "printshop-dev-scanners", "FRAsecret"))
                .hasToString("printshop-dev-scanner-FRA (a1b2c3)");
    }

    @Test
    void createdKey_isTheHubAndLettersAndDigits_andInThePlan() {
        ScannerKey key = scannerKeys.create("FRA");

        assertThat(key.value()).matches("FRA[A-Za-z0-9]{32}");
        assertThat(apiGateway.valuesById).containsExactly(Map.entry(key.id(), key.value()));
        assertThat(apiGateway.plansById).containsExactly(Map.entry(key.id(), "plan-of-dev"));
    }

    @Test
    void twoKeysOfAHub_differ() {
        assertThat(scannerKeys.create("FRA").value())
                .isNotEqualTo(scannerKeys.create("FRA").value());
    }

    @Test
    void keyThatCantBeAddedToThePlan_isDeleted() {
        apiGateway.failing = Set.of("CreateUsagePlanKey");

        assertThatThrownBy(() -> scannerKeys.create("FRA"))
                .isInstanceOf(SdkClientException.class)
                .hasMessage("CreateUsagePlanKey failed");
        assertThat(apiGateway.valuesById).isEmpty();
    }

    @Test
    void keyThatCantBeDeletedEither_isNamed_withoutItsValue() {
        apiGateway.failing = Set.of("CreateUsagePlanKey", "DeleteApiKey");

        assertThatThrownBy(() -> scannerKeys.create("FRA"))
                .isInstanceOf(LocalCloudException.class)
                .hasMessageContaining("printshop-dev-scanner-FRA (key-1)")
                .message()
                .doesNotContain(apiGateway.valuesById.get("key-1"));
    }

    @Test
    void applicationWithoutAUsagePlan_getsNoKey() {
        assertThatThrownBy(() -> new ScannerKeys(apiGateway, "printshop-staging").create("FRA"))
                .isInstanceOf(LocalCloudException.class)
                .hasMessage("There is no usage plan printshop-staging-scanners: deploy the stage first");
        assertThat(apiGateway.valuesById).isEmpty();
    }

    /** Has the usage plan of the stage dev. */
    private static final class FakeApiGateway implements ApiGatewayClient {

        final Map<String, String> valuesById = new LinkedHashMap<>();
        final Map<String, String> plansById = new LinkedHashMap<>();
        Set<String> failing = Set.of();

        @Override
        public GetUsagePlansResponse getUsagePlans(GetUsagePlansRequest request) {
            UsagePlan plan = UsagePlan.builder()
                    .id("plan-of-dev")
                    .name("printshop-dev-scanners")
                    .build();
            return GetUsagePlansResponse.builder().items(plan).build();
        }

        @Override
        public CreateApiKeyResponse createApiKey(CreateApiKeyRequest request) {
            String id = "key-" + (valuesById.size() + 1);
            valuesById.put(id, request.value());
            return CreateApiKeyResponse.builder().id(id).name(request.name()).build();
        }

        @Override
        public CreateUsagePlanKeyResponse createUsagePlanKey(CreateUsagePlanKeyRequest request) {
            failIfAskedTo("CreateUsagePlanKey");
            plansById.put(request.keyId(), request.usagePlanId());
            return CreateUsagePlanKeyResponse.builder().id(request.keyId()).build();
        }

        @Override
        public DeleteApiKeyResponse deleteApiKey(DeleteApiKeyRequest request) {
            failIfAskedTo("DeleteApiKey");
            valuesById.remove(request.apiKey());
            return DeleteApiKeyResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return ApiGatewayClient.SERVICE_NAME;
        }

        @Override
        public void close() {}

        private void failIfAskedTo(String operation) {
            if (failing.contains(operation)) {
                throw SdkClientException.create(operation + " failed");
            }
        }
    }
}
