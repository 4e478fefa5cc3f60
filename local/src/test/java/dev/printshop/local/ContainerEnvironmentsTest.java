package dev.printshop.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;

class ContainerEnvironmentsTest {

    @Test
    void environmentOfAFunction_hasItsVariablesAndTheWayToTheLocalCloud(@TempDir Path folder) throws IOException {
        // given
        Files.createFile(folder.resolve("template.yaml"));
        Workspace workspace = new Workspace(folder, 4570, folder.resolve(".local"));

        // when
        new ContainerEnvironments(workspace, new OneFunction()).write(List.of("ResizePhotoFunction", "PingFunction"));

        // then
        assertThat(environment(folder, "ResizePhotoFunction"))
                .containsEntry("UPLOADS_BUCKET", "uploads")
                .containsEntry("AWS_ACCESS_KEY_ID", "test")
                .containsEntry("CBOR_ENABLED", "false")
                .containsEntry("AWS_REGION", "us-east-1")
                .hasEntrySatisfying(
                        "AWS_ENDPOINT_URL",
                        url -> assertThat(url.toString()).endsWith(":4570").isNotEqualTo(workspace.endpoint()));
        assertThat(environment(folder, "PingFunction"))
                .doesNotContainKey("UPLOADS_BUCKET")
                .containsKey("AWS_ENDPOINT_URL");
    }

    private static Map<String, Object> environment(Path folder, String function) throws IOException {
        return JSON.std.mapFrom(Files.readString(folder.resolve(".local/environments/" + function + ".json")));
    }

    /** A cloud in which ResizePhoto has a variable, and any other function has none. */
    private static final class OneFunction implements LambdaClient {

        @Override
        public GetFunctionConfigurationResponse getFunctionConfiguration(GetFunctionConfigurationRequest request) {
            return request.functionName().equals("printshop-local-resize-photo")
                    ? GetFunctionConfigurationResponse.builder()
                            .environment(environment -> environment.variables(Map.of("UPLOADS_BUCKET", "uploads")))
                            .build()
                    : GetFunctionConfigurationResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
