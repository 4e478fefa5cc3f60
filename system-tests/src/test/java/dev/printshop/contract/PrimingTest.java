package dev.printshop.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.printshop.shared.snapstart.PrimedFunction;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every function of the template is primed in a process of its own, with its real clients and a fake of AWS. Only the
 * reads that the handler names leave the process, and all of its path runs.
 */
@Tag("contract")
class PrimingTest {

    private static final Path ROOT = Path.of("..");

    /** An empty result of Kinesis, whose encoding the fake doesn't have. */
    private static final byte[] EMPTY_IN_CBOR = {(byte) 0xA0};

    /**
     * What priming does.
     *
     * @param reads the calls that leave the process
     * @param answers a part of each of the handler's answers
     */
    private record Expected(List<String> reads, List<String> answers) {}

    private static final Map<String, Expected> EXPECTED = Map.ofEntries(
            Map.entry(
                    "ResizePhotoFunction",
                    new Expected(List.of("HEAD", "HEAD"), List.of("\"outcome\":\"PhotoResized\""))),
            Map.entry(
                    "RemoveVariantsFunction",
                    new Expected(
                            List.of("HEAD", "HEAD"),
                            List.of("\"outcome\":\"PhotoRemoved\"", "\"outcome\":\"SupersededRemoved\""))),
            Map.entry("UpdateGalleryFunction", new Expected(List.of("GetItem"), List.of("{\"batchItemFailures\":[]}"))),
            Map.entry(
                    "CollectScansFunction",
                    new Expected(List.of("DescribeStreamSummary"), List.of("\\\"ACCEPTED\\\""))),
            Map.entry("GetParcelFunction", new Expected(List.of("GetItem"), List.of("\"statusCode\":200"))),
            Map.entry(
                    "EnrichScansFunction",
                    new Expected(List.of("BatchGetItem", "GetParameter"), List.of("{\"batchItemFailures\":[]}"))),
            Map.entry(
                    "RegisterParcelFunction",
                    new Expected(List.of("BatchGetItem", "GetParameter"), List.of("\"outcome\":\"REGISTERED\""))),
            Map.entry(
                    "FindSilentParcelsFunction",
                    new Expected(List.of("BatchGetItem", "GetParameter"), List.of("\"found\":1"))),
            Map.entry("AggregateHubsFunction", new Expected(List.of("BatchGetItem"), List.of("\"MAD\"", "\"MAD\""))),
            Map.entry("AlertSupportFunction", new Expected(List.of(), List.of("\"SENT\"", "\"SENT\""))),
            Map.entry(
                    "AuthenticateUserFunction",
                    new Expected(List.of("GET"), List.of("\"customerId\":\"00000000-0000-0000-0000-000000000000\""))),
            Map.entry("FormatScansFunction", new Expected(List.of(), List.of("\"result\":\"Ok\""))),
            Map.entry("RelayOrderEventsFunction", new Expected(List.of(), List.of("{\"batchItemFailures\":[]}"))),
            Map.entry("ReserveStockFunction", new Expected(List.of("GetItem"), List.of("\"orderId\""))),
            Map.entry("ReleaseStockFunction", new Expected(List.of("GetItem"), List.of("\"orderId\""))),
            Map.entry("CompleteOrderFunction", new Expected(List.of("GetItem"), List.of("\"orderId\""))),
            Map.entry("CloseOrderFunction", new Expected(List.of("GetItem"), List.of("\"orderId\""))),
            Map.entry("ParkOrderFunction", new Expected(List.of("GetItem"), List.of("\"orderId\""))),
            Map.entry(
                    "StartFulfilmentFunction", new Expected(List.of("GetItem"), List.of("{\"batchItemFailures\":[]}"))),
            Map.entry("PlaceOrderFunction", new Expected(List.of("GetItem"), List.of("\"statusCode\":201"))),
            Map.entry("GetOrderFunction", new Expected(List.of("GetItem"), List.of("\"statusCode\":200"))),
            Map.entry("ListOrdersFunction", new Expected(List.of("Query"), List.of("\"statusCode\":200"))),
            Map.entry("ListProductsFunction", new Expected(List.of(), List.of("\"statusCode\":200"))),
            Map.entry("GetHealthFunction", new Expected(List.of("GetItem"), List.of("\"statusCode\":200"))),
            Map.entry(
                    "TrackPhotosFunction",
                    new Expected(List.of("BatchGetItem"), List.of("{\"batchItemFailures\":[]}"))));

    /** The calls that reached AWS. */
    private final List<String> calls = new CopyOnWriteArrayList<>();

    private final FakeAws aws = new FakeAws();

    @ParameterizedTest
    @MethodSource("functions")
    void priming_runsTheWholePath_andOnlyReadsLeaveTheProcess(Function function) throws Exception {
        // given
        Expected expected = EXPECTED.get(function.id());
        assertThat(expected)
                .as("what %s must do is in this test", function.id())
                .isNotNull();

        // when
        List<String> output = prime(function);

        // then: no warning and no other record, no metric
        assertThat(output).hasSize(expected.answers().size());
        for (int i = 0; i < output.size(); i++) {
            assertThat(output.get(i)).contains(expected.answers().get(i));
        }
        assertThat(calls).containsExactlyElementsOf(expected.reads());
    }

    @Test
    void failedReads_areWarnings_andTheHandlerRuns() throws Exception {
        // given
        aws.refuseWith("No permission");

        // when
        List<String> output = prime(function("RegisterParcelFunction"));

        // then
        assertThat(output).hasSize(3);
        assertThat(output.subList(0, 2))
                .allSatisfy(line ->
                        assertThat(line).contains("\"level\":\"WARN\"", "\"message\":\"Not primed\"", "No permission"));
        assertThat(output.getLast()).contains("\"outcome\":\"REGISTERED\"");
    }

    private List<String> prime(Function function) throws IOException, InterruptedException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        try {
            Process process =
                    process(function, "http://127.0.0.1:" + server.getAddress().getPort());
            List<String> output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertThat(process.waitFor()).as(output.toString()).isZero();
            return output;
        } finally {
            server.stop(0);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        calls.add(target == null ? exchange.getRequestMethod() : target.substring(target.indexOf('.') + 1));
        if ("application/x-amz-cbor-1.1".equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, EMPTY_IN_CBOR.length);
            exchange.getResponseBody().write(EMPTY_IN_CBOR);
            exchange.close();
        } else {
            aws.answer(exchange);
        }
    }

    private static Process process(Function function, String address) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.awt.headless=true",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PrimedFunction.class.getName(),
                        function.handler())
                .redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(function.environmentOfNoStage());
        environment.putAll(Map.of(
                "AWS_LAMBDA_FUNCTION_NAME", "printshop",
                "AWS_EMF_ENVIRONMENT", "Lambda",
                "AWS_ENDPOINT_URL", address,
                "KEY_SET_URL", address + FakeAws.KEY_SET,
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "test",
                "POWERTOOLS_LOG_LEVEL", "DEBUG",
                "DEBUG_LOG_SAMPLE_RATE", "1"));
        return builder.start();
    }

    private static Function function(String id) {
        return functions()
                .map(Named::getPayload)
                .filter(function -> function.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    static Stream<Named<Function>> functions() {
        return TemplateReader.read(ROOT.resolve("template.yaml")).functions().stream()
                .map(function -> Named.of(function.id(), function));
    }
}
