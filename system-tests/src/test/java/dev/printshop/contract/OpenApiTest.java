package dev.printshop.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.printshop.orders.domain.Catalogue;
import dev.printshop.orders.domain.Order;
import dev.printshop.orders.domain.OrderExamples;
import dev.printshop.orders.domain.OrderPage;
import dev.printshop.orders.json.OrderJson;
import dev.printshop.shared.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** docs/openapi.yaml has the endpoints of the templates, and the forms of the code. */
@Tag("contract")
class OpenApiTest {

    private static final Map<String, Object> DOCUMENT = read("docs/openapi.yaml");
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    @Test
    void operations_areTheMethodsOfTheTemplates_withTheirFunctionsAndTheirAccess() {
        assertThat(operations()).isEqualTo(methodsOfTheTemplates());
    }

    @Test
    void operationWithACredential_documentsItsRefusal() {
        forEachOperation((route, operation) -> {
            Set<String> statuses = object(operation.get("responses")).keySet();
            switch (access(operation)) {
                case "accessToken" -> assertThat(statuses).as(route).contains("401", "403");
                case "scannerKey" -> assertThat(statuses).as(route).contains("403");
                default -> assertThat(statuses).as(route).doesNotContain("401", "403");
            }
        });
    }

    @Test
    void answersOfOrders_haveTheDocumentedForm() {
        Order order = OrderExamples.order(OrderExamples.newCustomer(), OrderExamples.NOW);

        assertThat(violations("POST", "/orders", "201", OrderJson.write(order))).isEmpty();
        assertThat(violations("GET", "/orders/{orderId}", "200", OrderJson.write(order)))
                .isEmpty();
        assertThat(violations(
                        "GET",
                        "/orders",
                        "200",
                        OrderJson.write(new OrderPage(List.of(order), Optional.of(order.id())), Optional.of("cursor"))))
                .isEmpty();
        assertThat(violations(
                        "GET",
                        "/orders",
                        "200",
                        OrderJson.write(new OrderPage(List.of(), Optional.empty()), Optional.empty())))
                .isEmpty();
        assertThat(violations(
                        "GET",
                        "/products",
                        "200",
                        OrderJson.write(Catalogue.all().list())))
                .isEmpty();
    }

    @Test
    void answerWithoutAField_hasNotTheDocumentedForm() {
        Map<String, Object> order =
                new HashMap<>(OrderJson.write(OrderExamples.order(OrderExamples.newCustomer(), OrderExamples.NOW)));
        order.remove("totalMinor");

        assertThat(violations("POST", "/orders", "201", order)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST /orders place-order.json", "POST /scans collect-scans.json"})
    void sampleOfARequest_hasTheDocumentedForm(String sample) {
        String[] parts = sample.split(" ", -1);
        String body = String.valueOf(read("events/" + parts[2]).get("body"));
        Map<String, Object> content =
                object(object(operation(parts[0], parts[1]).get("requestBody")).get("content"));

        assertThat(validate(object(object(content.get("application/json")).get("schema")), body))
                .isEmpty();
    }

    private static Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        forEachOperation((route, operation) ->
                operations.add("%s %sFunction %s".formatted(route, operation.get("operationId"), access(operation))));
        return operations;
    }

    private static Set<String> methodsOfTheTemplates() {
        Set<String> methods = new TreeSet<>();
        Template template = TemplateReader.read(Path.of("..", "template.yaml"));
        for (Function function : template.functions()) {
            for (EventSource event : function.events()) {
                if (event.type().equals("Api")) {
                    Value method = event.properties();
                    methods.add("%s %s %s %s"
                            .formatted(
                                    method.at("Method").text().toUpperCase(Locale.ROOT),
                                    method.at("Path").text(),
                                    function.id(),
                                    access(method, template)));
                }
            }
        }
        return methods;
    }

    private static String access(Value method, Template template) {
        if (method.at("Auth", "ApiKeyRequired").isTrue()) {
            return "scannerKey";
        }
        String own = method.at("Auth", "Authorizer").text();
        boolean hasDefault = template.target(method.at("RestApiId"), "AWS::Serverless::Api")
                .filter(api -> api.at("Auth", "DefaultAuthorizer").isPresent())
                .isPresent();
        return own.equals("NONE") || own.isEmpty() && !hasDefault ? "open" : "accessToken";
    }

    private static String access(Map<String, Object> operation) {
        List<?> security = (List<?>) operation.getOrDefault("security", List.of());
        return security.isEmpty()
                ? "open"
                : String.join(",", object(security.getFirst()).keySet());
    }

    /** What is done with an operation. */
    @FunctionalInterface
    private interface Visit {
        void visit(String route, Map<String, Object> operation);
    }

    private static void forEachOperation(Visit visit) {
        object(DOCUMENT.get("paths"))
                .forEach((path, item) -> object(item).forEach((method, operation) -> {
                    if (METHODS.contains(method)) {
                        visit.visit(method.toUpperCase(Locale.ROOT) + " " + path, object(operation));
                    }
                }));
    }

    private static Map<String, Object> operation(String method, String path) {
        return object(object(object(DOCUMENT.get("paths")).get(path)).get(method.toLowerCase(Locale.ROOT)));
    }

    private static List<String> violations(String method, String path, String status, Map<String, ?> body) {
        Map<String, Object> response =
                object(object(operation(method, path).get("responses")).get(status));
        Map<String, Object> content = object(object(response.get("content")).get("application/json"));
        return validate(object(content.get("schema")), JsonObject.write(body));
    }

    /** The schemas of an OpenAPI 3.1 document are JSON Schemas; their references begin at its root. */
    private static List<String> validate(Map<String, Object> schema, String json) {
        Map<String, Object> whole = new HashMap<>(schema);
        whole.put("components", DOCUMENT.get("components"));
        List<String> violations = new ArrayList<>();
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(JsonObject.write(whole), InputFormat.JSON)
                .validate(json, InputFormat.JSON)
                .forEach(error -> violations.add(error.toString()));
        return violations;
    }

    @SuppressWarnings("unchecked") // YAML and JSON have text keys here
    private static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }

    /** JSON is YAML, too. */
    private static Map<String, Object> read(String file) {
        try {
            return object(
                    new Load(LoadSettings.builder().build()).loadFromString(Files.readString(Path.of("..", file))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
