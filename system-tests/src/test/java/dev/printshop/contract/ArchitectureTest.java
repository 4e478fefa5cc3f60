package dev.printshop.contract;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.library.GeneralCodingRules;
import dev.printshop.shared.aws.AwsClients;
import dev.printshop.shared.concurrency.JitteredBackoff;
import dev.printshop.shared.configuration.Environment;
import dev.printshop.shared.http.HttpEndpoint;
import dev.printshop.shared.idempotency.DynamoDbIdempotencyStore;
import dev.printshop.shared.snapstart.Priming;
import dev.printshop.shared.telemetry.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.AwsClient;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;

/** The layers, in all modules. */
@Tag("contract")
class ArchitectureTest {

    /** All main code that is deployed to AWS. */
    private static final JavaClasses CLASSES = Code.classesIn(
                    "dev.printshop",
                    new ClassFileImporter()
                            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                            // Contracts and fakes of other modules are in such jars.
                            .withImportOption(location -> !location.contains("-tests.jar")))
            .that(resideOutsideOfPackage("dev.printshop.local.."));

    private static final DescribedPredicate<JavaClass> ARE_HANDLERS =
            assignableTo(RequestHandler.class).or(assignableTo(RequestStreamHandler.class));

    /** The classes that create the adapters that several handlers share. */
    private static final DescribedPredicate<JavaClass> IS_WIRING = DescribedPredicate.describe(
            "are wiring", type -> type.getSimpleName().endsWith("Wiring"));

    private static final DescribedPredicate<JavaClass> CALL_WIRING = DescribedPredicate.describe(
            "call wiring",
            caller -> caller.getCodeUnitAccessesFromSelf().stream()
                    .anyMatch(access -> IS_WIRING.test(access.getTargetOwner())));

    private static final DescribedPredicate<JavaMethodCall> READS_THE_SYSTEM_TIME =
            DescribedPredicate.describe("reads the system's time", call -> {
                String owner = call.getTargetOwner().getName();
                String method = call.getName();
                return owner.startsWith("java.time.")
                                && method.equals("now")
                                && call.getTarget().getRawParameterTypes().isEmpty()
                        || owner.equals("java.time.Clock") && method.startsWith("system")
                        || owner.equals("java.lang.System") && method.equals("currentTimeMillis");
            });

    /** The shared packages that depend only on the JDK. */
    private static final String[] SHARED_PURE_PART = {
        "dev.printshop.events.*", "dev.printshop.shared.concurrency..", "dev.printshop.shared.messages.."
    };

    private static final String CODEC = "dev.printshop.jpeg..";
    private static final String[] SHARED = {"dev.printshop.shared..", "dev.printshop.events.."};
    private static final String[] PHOTOS = {"dev.printshop.photos..", "dev.printshop.events.photos.."};
    private static final String[] PARCELS = {"dev.printshop.parcels..", "dev.printshop.events.parcels.."};
    private static final String DOMAIN = "..domain..";
    private static final String ADAPTERS = "..aws..";

    @Test
    void domain_dependsOnTheJdkAndTheSharedPurePartOnly() {
        String[] allowed = {
            "java..", "org.jspecify..", DOMAIN, SHARED_PURE_PART[0], SHARED_PURE_PART[1], SHARED_PURE_PART[2]
        };
        classes()
                .that()
                .resideInAPackage(DOMAIN)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed)
                .check(CLASSES);
    }

    @Test
    void sharedPurePart_dependsOnTheJdkOnly() {
        classes()
                .that()
                .resideInAnyPackage(SHARED_PURE_PART)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", "org.jspecify..", SHARED_PURE_PART[0], SHARED_PURE_PART[1], SHARED_PURE_PART[2])
                .check(CLASSES);
    }

    @Test
    void modules_dependOnNoOtherModuleButShared() {
        Set<String> contexts = contexts();
        assertThat(contexts).hasSizeGreaterThan(1);
        for (String context : contexts) {
            String[] others = contexts.stream()
                    .filter(other -> !other.equals(context))
                    .map(other -> other + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAnyPackage(with(context + "..", SHARED))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .check(CLASSES);
        }
    }

    @Test
    void shared_dependsOnNoModule() {
        noClasses()
                .that()
                .resideInAnyPackage(SHARED)
                .should()
                .dependOnClassesThat(resideInAPackage("dev.printshop..").and(resideOutsideOfPackages(SHARED)))
                .check(CLASSES);
    }

    @Test
    void photosAndParcels_dependOnEachOtherNeitherInModulesNorInEvents() {
        noClasses()
                .that()
                .resideInAnyPackage(PHOTOS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(PARCELS)
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage(PARCELS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(PHOTOS)
                .check(CLASSES);
    }

    /** The rule above looks at the code; a dependency that the code doesn't use is in the function's package, too. */
    @ParameterizedTest
    @CsvSource({
        "image-resizer, parcel-events",
        "gallery-updater, parcel-events",
        "shared/photo-events, parcel-events",
        "stream-enricher, photo-events",
        "shared/parcel-events, photo-events",
        "shared/order-events, photo-events",
        "shared/order-events, parcel-events"
    })
    void module_doesNotCarryTheEventsOfTheOther(String module, String events) throws IOException {
        assertThat(Files.readString(Path.of("..", module, "pom.xml")))
                .doesNotContain("<artifactId>%s</artifactId>".formatted(events));
    }

    @Test
    void everyClass_isInAModuleThatHasHandlersOrInSharedOrInTheCodec() {
        String[] known = Stream.concat(
                        contexts().stream().map(context -> context + ".."), Stream.of(with(CODEC, SHARED)))
                .toArray(String[]::new);
        classes().should().resideInAnyPackage(known).check(CLASSES);
    }

    @Test
    void codec_knowsNothingButTheJdk() {
        classes()
                .that()
                .resideInAPackage(CODEC)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "javax.imageio..", "org.jspecify..", CODEC)
                .check(CLASSES);
    }

    @Test
    void handlers_areNamedSoAndStandAtTheTopOfTheirModule() {
        classes()
                .that(ARE_HANDLERS)
                .should()
                .haveSimpleNameEndingWith("Handler")
                .andShould()
                .resideOutsideOfPackages(DOMAIN, ADAPTERS)
                .check(CLASSES);
    }

    @Test
    void adapters_areMadeByHandlersAndTheirWiringOnly() {
        noClasses()
                .that(DescribedPredicate.not(ARE_HANDLERS.or(IS_WIRING)))
                .and()
                .resideOutsideOfPackage(ADAPTERS)
                .should()
                .callConstructorWhere(
                        targetOwner(resideInAPackage(ADAPTERS).or(equivalentTo(DynamoDbIdempotencyStore.class))))
                .check(CLASSES);
    }

    @Test
    void clients_areMadeByAwsClientsOnlyWhichLimitsTheirCalls() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(AwsClients.class)
                .should()
                .callMethodWhere(target(name("build")).and(targetOwner(assignableTo(AwsClientBuilder.class))))
                .orShould()
                .callMethodWhere(target(name("create")).and(targetOwner(assignableTo(AwsClient.class))))
                .check(CLASSES);
    }

    /** Anywhere else, a function would answer an invocation without its services, or lose the invocation's records. */
    @Test
    void replacedServicesAndDiscardedRecords_areOfPrimingOnly() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(Priming.class)
                .should()
                .accessTargetWhere(target(name("answering")).and(targetOwner(equivalentTo(AwsClients.class))))
                .orShould()
                .accessTargetWhere(target(name("discarding")).and(targetOwner(equivalentTo(Telemetry.class))))
                .check(CLASSES);
        assertThat(CLASSES.get(Priming.class).getAccessesFromSelf())
                .extracting(access -> access.getTarget().getName())
                .contains("answering", "discarding");
    }

    @Test
    void handlersThatPause_limitTheInvocationsTime() {
        classes()
                .that(ARE_HANDLERS)
                .and(call(JitteredBackoff.class.getName()).or(CALL_WIRING))
                .should(ArchCondition.from(call(Telemetry.class.getName())
                        .or(call(HttpEndpoint.class.getName()))
                        .or(call("dev.printshop.orders.WorkflowTask"))))
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> call(String owner) {
        return DescribedPredicate.describe(
                "call " + owner,
                caller -> caller.getCodeUnitAccessesFromSelf().stream()
                        .anyMatch(call -> call.getTargetOwner().getName().equals(owner)));
    }

    @Test
    void environment_isReadByHandlersOnly() {
        noClasses()
                .that(DescribedPredicate.not(ARE_HANDLERS))
                .and()
                .doNotBelongToAnyOf(Telemetry.class)
                .should()
                .callMethod(Environment.class, "ofProcess")
                .check(CLASSES);
        noClasses()
                .that()
                .doNotBelongToAnyOf(Environment.class, AwsClients.class)
                .should()
                .callMethodWhere(target(name("getenv")).and(targetOwner(assignableTo(System.class))))
                .check(CLASSES);
    }

    @Test
    void domain_getsTheTimeFromAClockThatItIsGiven() {
        noClasses()
                .that()
                .resideInAPackage(DOMAIN)
                .should()
                .callMethodWhere(READS_THE_SYSTEM_TIME)
                .check(CLASSES);
    }

    @Test
    void logs_goThroughLambdasLogger() {
        // Telemetry replaces the stream while a function is primed.
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(
                CLASSES.that(DescribedPredicate.not(equivalentTo(Telemetry.class))));
        GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CLASSES);
    }

    private static String[] with(String first, String[] others) {
        return Stream.concat(Stream.of(first), Stream.of(others)).toArray(String[]::new);
    }

    /** The packages that handlers are in: each is the root of a module. */
    private static Set<String> contexts() {
        return CLASSES.that(ARE_HANDLERS).stream()
                .map(JavaClass::getPackageName)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
