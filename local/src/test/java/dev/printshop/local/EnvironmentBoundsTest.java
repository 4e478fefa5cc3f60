package dev.printshop.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/** A function has at most four environments, and all functions together have at most 32. */
@Tag("component")
class EnvironmentBoundsTest {

    private static final String THROTTLED = "throttled";

    /** Works as long as its event demands, leaves a file, and answers with the id of its process. */
    private static final String BOOTSTRAP = """
            #!/usr/bin/env python3
            import json, os, pathlib, time, urllib.request, uuid
            invocations = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/invocation/"
            while True:
                with urllib.request.urlopen(invocations + "next") as request:
                    event, id = json.load(request), request.headers["Lambda-Runtime-Aws-Request-Id"]
                time.sleep(event["seconds"])
                (pathlib.Path(event["folder"]) / str(uuid.uuid4())).touch()
                urllib.request.urlopen(invocations + id + "/response", data=str(os.getpid()).encode()).close()
            """;

    @TempDir
    Path done;

    private final Workspace workspace = LocalCloudExtension.workspace("test-environments");
    private final LambdaClient lambda = StreamPollerProcess.invokingClient(workspace);

    @AfterEach
    void stopEmulator() {
        lambda.close();
        new Emulator(workspace).stop();
    }

    @Test
    void callsOfAFunction_shareFourEnvironments() throws Exception {
        // given
        new Emulator(workspace).start();
        createFunctions(1);

        // when
        List<String> answers = callAtOnce(Collections.nCopies(12, "function-0"), 0.2);

        // then
        assertThat(answers).hasSize(12).doesNotContain(THROTTLED);
        assertThat(answers.stream().distinct()).hasSizeBetween(2, 4);
    }

    @Test
    void callWithoutAFreeEnvironment_isThrottled() throws Exception {
        // given
        new Emulator(workspace, Map.of("ENVIRONMENT_PATIENCE_SECONDS", "1")).start();
        createFunctions(1);

        // when
        List<String> answers = callAtOnce(Collections.nCopies(5, "function-0"), 5);

        // then
        assertThat(answers.stream().filter(THROTTLED::equals)).hasSize(1);
    }

    @Test
    void eventsWithoutAFreeEnvironment_wait() throws Exception {
        // given
        new Emulator(workspace, Map.of("ENVIRONMENT_PATIENCE_SECONDS", "0")).start();
        createFunctions(1);

        // when
        for (int event = 0; event < 12; event++) {
            lambda.invoke(invoke -> invoke.functionName("function-0")
                    .invocationType(InvocationType.EVENT)
                    .payload(event(0.3)));
        }

        // then
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(done.toFile().list()).hasSize(12));
    }

    @Test
    void functions_shareThirtyTwoEnvironments() throws Exception {
        // given
        Emulator emulator = new Emulator(workspace);
        emulator.start();
        createFunctions(10);

        // when
        List<String> functions =
                IntStream.range(0, 40).mapToObj(call -> "function-" + call % 10).toList();
        List<String> answers = callAtOnce(functions, 1);

        // then
        assertThat(answers).hasSize(40).doesNotContain(THROTTLED);
        assertThat(answers.stream()
                        .map(Long::valueOf)
                        .distinct()
                        .filter(process -> ProcessHandle.of(process).isPresent()))
                .hasSizeBetween(5, 32);
    }

    private void createFunctions(int count) throws IOException {
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(code)) {
            zip.putNextEntry(new ZipEntry("bootstrap"));
            zip.write(BOOTSTRAP.getBytes(StandardCharsets.UTF_8));
        }
        String role;
        try (IamClient iam = Stack.client(workspace, IamClient.builder())) {
            role = iam.createRole(create -> create.roleName("function")
                            .assumeRolePolicyDocument("{\"Version\":\"2012-10-17\",\"Statement\":[]}"))
                    .role()
                    .arn();
        }
        for (int function = 0; function < count; function++) {
            String name = "function-" + function;
            lambda.createFunction(create -> create.functionName(name)
                    .runtime("provided.al2023")
                    .handler("bootstrap")
                    .role(role)
                    .timeout(60)
                    .code(content -> content.zipFile(SdkBytes.fromByteArray(code.toByteArray()))));
        }
    }

    /** The answers, or that the call was throttled. */
    private List<String> callAtOnce(List<String> functions, double seconds) throws Exception {
        try (ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> tasks = functions.stream()
                    .<Callable<String>>map(function -> () -> call(function, seconds))
                    .toList();
            return calls.invokeAll(tasks).stream().map(Future::resultNow).toList();
        }
    }

    private String call(String function, double seconds) {
        try {
            return lambda.invoke(invoke -> invoke.functionName(function).payload(event(seconds)))
                    .payload()
                    .asUtf8String();
        } catch (TooManyRequestsException _) {
            return THROTTLED;
        }
    }

    private SdkBytes event(double seconds) {
        try {
            return SdkBytes.fromUtf8String(JSON.std.asString(Map.of("seconds", seconds, "folder", done.toString())));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
