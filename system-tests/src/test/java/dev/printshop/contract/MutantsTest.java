package dev.printshop.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Mutations of the templates: each policy's resource and each variable's is replaced by another one, each key, index
 * and expiry attribute gets another name, each method needs no key, each function has little memory, the firewall has a
 * gap, a method or a key has no throttle of its own, the access log has no address or is kept for months, a stage
 * accepts plain HTTP or is local, a poller has more executions. A rule detects each of them.
 */
@Tag("contract")
class MutantsTest {

    private static final Path ROOT = Path.of("..");
    private static final Template TEMPLATE = TemplateReader.read(ROOT.resolve("template.yaml"));

    @TempDir
    Path folder;

    /**
     * A changed line.
     *
     * @param kind what is wrong
     * @param place the part of the template that is changed
     * @param from the word that is replaced
     * @param to its replacement
     */
    record Mutant(String kind, Place place, String from, String to) {

        @Override
        public String toString() {
            return "%s: %s: %s instead of %s".formatted(place, kind, to, from);
        }
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void mutant_isFoundByARule(Mutant mutant) {
        Template mutated = TemplateReader.read(write(mutant).resolve("template.yaml"));

        assertThat(ContractTest.RULES.stream()
                        .flatMap(rule -> rule.check(mutated, ContractTest.PROJECT).stream())
                        .findAny())
                .as(mutant.toString())
                .isPresent();
    }

    @Test
    void eachKindOfMutant_isMade() {
        assertThat(mutants().collect(Collectors.groupingBy(Mutant::kind, Collectors.counting())))
                .containsOnlyKeys(
                        "policy",
                        "variable",
                        "name",
                        "key of the API",
                        "memory",
                        "access log",
                        "firewall",
                        "throttle",
                        "plain HTTP",
                        "local stage",
                        "concurrency")
                .hasEntrySatisfying("policy", count -> assertThat(count).isGreaterThan(30))
                .hasEntrySatisfying("variable", count -> assertThat(count).isGreaterThan(12))
                .hasEntrySatisfying("name", count -> assertThat(count).isGreaterThan(8));
    }

    static Stream<Mutant> mutants() {
        List<Mutant> mutants = new ArrayList<>();
        TEMPLATE.documents().forEach(document -> {
            Map<String, Value> resources = document.at("Resources").fields();
            resources.values().forEach(resource -> {
                Value properties = resource.at("Properties");
                switch (resource.at("Type").text()) {
                    case "AWS::IAM::Role" ->
                        properties
                                .at("Policies")
                                .subtree()
                                .map(statement -> statement.at("Resource"))
                                .forEach(value -> addOtherResources("policy", value, document, mutants));
                    case "AWS::Serverless::Function" -> {
                        addOtherResources("variable", properties.at("Environment", "Variables"), document, mutants);
                        add("memory", properties.at("MemorySize"), "128", mutants);
                        properties.at("Events").fields().values().forEach(event -> {
                            Value source = event.at("Properties");
                            add("key of the API", source.at("Auth", "ApiKeyRequired"), "false", mutants);
                            add("concurrency", source.at("ParallelizationFactor"), "10", mutants);
                            Value limit = source.at("ScalingConfig", "MaximumConcurrency");
                            if (!limit.text().isEmpty()) {
                                add("concurrency", limit, "9", mutants);
                            }
                        });
                    }
                    case "AWS::DynamoDB::Table" -> addNames(properties, mutants);
                    case "AWS::Serverless::Api" -> {
                        properties
                                .at("MethodSettings")
                                .items()
                                .forEach(method -> add("throttle", method.at("HttpMethod"), "PATCH", mutants));
                        properties
                                .at("AccessLogSetting")
                                .subtree()
                                .map(part -> part.at("Format"))
                                .filter(Value::isPresent)
                                .forEach(format -> mutants.add(new Mutant(
                                        "access log", format.place(), "identity.sourceIp", "identity.userAgent")));
                    }
                    case "AWS::WAFv2::WebACL" -> addGaps(properties, mutants);
                    case "AWS::WAFv2::WebACLAssociation" ->
                        properties.at("ResourceArn").references().stream()
                                .filter(name -> resources.containsKey(name))
                                .forEach(api -> mutants.add(new Mutant(
                                        "firewall",
                                        properties.at("ResourceArn").place(),
                                        api + ".Stage",
                                        "Other.Stage")));
                    default -> {}
                }
            });
            document.at("Mappings", "Stages").fields().forEach((name, stage) -> {
                addIfTrue("plain HTTP", stage.at("RefusesPlainHttp"), mutants);
                if (!name.equals("local")) {
                    add("throttle", stage.at("HubRequestsPerSecond"), "1000", mutants);
                    add("concurrency", stage.at("GalleryWriters"), "9", mutants);
                    add("access log", stage.at("AccessLogRetentionDays"), "90", mutants);
                }
            });
            document.at("Parameters", "Stage", "AllowedValues").items().stream()
                    .limit(1)
                    .forEach(stage -> add("local stage", stage, "local", mutants));
        });
        return mutants.stream();
    }

    private static void addIfTrue(String kind, Value value, List<Mutant> mutants) {
        if (value.isTrue()) {
            add(kind, value, "false", mutants);
        }
    }

    private static void addGaps(Value firewall, List<Mutant> mutants) {
        firewall.at("DataProtectionConfig", "DataProtections").items().stream()
                .flatMap(protection -> protection.at("Field", "FieldKeys").items().stream())
                .forEach(header -> add("firewall", header, "cookie", mutants));
        firewall.subtree()
                .map(part -> part.at("CustomResponse", "ResponseCode"))
                .forEach(code -> add("firewall", code, "403", mutants));
        firewall.subtree()
                .map(part -> part.at("RateBasedStatement", "AggregateKeyType"))
                .forEach(key -> add("firewall", key, "CONSTANT", mutants));
        firewall.subtree()
                .flatMap(part -> part.at("RuleActionOverrides").items().stream())
                .forEach(override -> add("firewall", override.at("Name"), "CrossSiteScripting_BODY", mutants));
        firewall.subtree()
                .map(part -> part.at("LabelMatchStatement", "Key"))
                .forEach(label -> add("firewall", label, label.text() + "2", mutants));
        firewall.subtree()
                .map(part -> part.at("ByteMatchStatement", "SearchString"))
                .forEach(path -> add("firewall", path, "/v1", mutants));
    }

    private static void addNames(Value table, List<Mutant> mutants) {
        Stream.of(table.at("KeySchema"), table.at("GlobalSecondaryIndexes"), table.at("TimeToLiveSpecification"))
                .flatMap(Value::subtree)
                .flatMap(part -> Stream.of(part.at("AttributeName"), part.at("IndexName")))
                // No function reads the gallery by this index yet.
                .filter(name -> !name.text().equals("newest-first"))
                .forEach(name -> add("name", name, name.text() + "2", mutants));
    }

    private static void add(String kind, Value value, String to, List<Mutant> mutants) {
        if (value.isPresent()) {
            mutants.add(new Mutant(kind, value.place(), value.text(), to));
        }
    }

    /** Each reference to a resource or parameter names another one of the same type, or otherwise any other. */
    private static void addOtherResources(String kind, Value value, Value document, List<Mutant> mutants) {
        value.subtree()
                .filter(part -> part.at("Ref").isPresent()
                        || part.at("Fn::GetAtt").isPresent()
                        || part.at("Fn::Sub").isPresent())
                .forEach(part -> part.references().stream()
                        .filter(name -> document.at("Resources", name).isPresent() || name.endsWith("Arn"))
                        .filter(name -> !name.endsWith("LogGroup"))
                        .forEach(name -> mutants.add(new Mutant(kind, part.place(), name, other(name, document)))));
    }

    private static String other(String name, Value document) {
        String section = document.at("Resources", name).isPresent() ? "Resources" : "Parameters";
        String type = document.at(section, name, "Type").text();
        Set<String> candidates = new TreeSet<>(document.at(section).fields().keySet());
        candidates.remove(name);
        return candidates.stream()
                .filter(other -> document.at(section, other, "Type").text().equals(type))
                .filter(other -> section.equals("Resources") || other.endsWith("Arn"))
                .findFirst()
                .orElseGet(() -> candidates.iterator().next());
    }

    private Path write(Mutant mutant) {
        try {
            for (Value document : TEMPLATE.documents().toList()) {
                Place place = document.place();
                List<String> lines = new ArrayList<>(place.lines());
                if (place.file().equals(mutant.place().file())) {
                    List<String> part = lines.subList(
                            mutant.place().firstLine() - 1, mutant.place().lastLine());
                    String changed = String.join("\n", part)
                            .replaceFirst(
                                    "(?<![\\w-])" + Pattern.quote(mutant.from()) + "(?![\\w-])",
                                    Matcher.quoteReplacement(mutant.to()));
                    assertThat(changed).as(mutant.toString()).isNotEqualTo(String.join("\n", part));
                    part.clear();
                    part.addAll(changed.lines().toList());
                }
                Path file = folder.resolve(place.file());
                Files.createDirectories(file.getParent());
                Files.write(file, lines);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
