package dev.printshop.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.contract.Reachability.LibraryCall;
import dev.printshop.contract.rules.Libraries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The functions' packages, filled by the Makefile's targets as {@code sam build} does: content, size, same bytes. */
@Tag("contract")
class PackagesTest {

    private static final Path ROOT = Path.of("..");
    private static final Template TEMPLATE = TemplateReader.read(ROOT.resolve("template.yaml"));
    private static final Pattern CLIENT =
            Pattern.compile("software[./]amazon[./]awssdk[./]services[./](\\w+)[./]\\w+Client(\\.class)?");
    /** The classes by which priming reads and writes events; no package has them. */
    private static final String OF_LAMBDAS_RUNTIME = "com.amazonaws.services.lambda.runtime.serialization.";

    private static final Pattern NATIVE = Pattern.compile(".*\\.(so|dll|dylib|jnilib)");

    /** The parent's pom.xml sets it as project.build.outputTimestamp. */
    private static final LocalDateTime TIME_OF_ENTRIES = LocalDateTime.parse("2026-01-01T00:00:00");

    private static final double BUDGET = 1.1;
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    @TempDir
    private static Path packages;

    @TempDir
    private Path folder;

    @BeforeAll
    static void packageAll() {
        TEMPLATE.functions().forEach(function -> fill(function, packages));
    }

    static Stream<Named<Function>> functions() {
        return TEMPLATE.functions().stream().map(function -> Named.of(function.id(), function));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void package_hasTheClientsThatItsCodeCalls_andNoOthers(Function function) {
        assertThat(clients(entries(function).stream())).isEqualTo(clients(callees(function)));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void package_hasAllClassesThatItsCodeCalls(Function function) {
        Set<String> classes = callees(function)
                .filter(name -> !name.startsWith("[") && !name.matches("javax?\\..*"))
                .filter(name -> !name.startsWith(OF_LAMBDAS_RUNTIME))
                .filter(name -> ContractTest.PROJECT
                        .code()
                        .find(name)
                        .map(type -> type.getProtectionDomain().getCodeSource() != null)
                        .orElse(true))
                .map(name -> name.replace('.', '/') + ".class")
                .collect(Collectors.toSet());

        assertThat(classes).isNotEmpty();
        assertThat(entries(function)).containsAll(classes);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void package_hasNativeLibrariesForLambdaOnly(Function function) {
        assertThat(entries(function))
                .filteredOn(name -> NATIVE.matcher(name).matches())
                .allMatch(name -> name.matches(".*Linux/(x86_64|aarch64)/.*"));
    }

    @Test
    void packageOfResizePhoto_hasItsNativeLibraryForBothArchitectures() {
        assertThat(entries(TEMPLATE.functions().stream()
                        .filter(function -> function.id().equals("ResizePhotoFunction"))
                        .findFirst()
                        .orElseThrow()))
                .filteredOn(name -> NATIVE.matcher(name).matches())
                .hasSize(2);
    }

    @Test
    void packages_areWithinTheirBudgets() throws Exception {
        Map<String, Long> measured = zippedBytes(Files.readString(ROOT.resolve("config/package-sizes.csv")));
        Map<String, Long> now = zippedBytes(output("python3", "local/bin/package_sizes.py", packages.toString()));

        assertThat(now.keySet())
                .as("functions; 'make package-sizes' measures new ones")
                .isEqualTo(measured.keySet())
                .hasSameSizeAs(TEMPLATE.functions());
        assertThat(now)
                .allSatisfy((function, bytes) -> assertThat(bytes.doubleValue())
                        .as("bytes of the zip of %s; 'make package-sizes' measures again, if it must grow", function)
                        .isLessThanOrEqualTo(measured.get(function) * BUDGET));
    }

    /** Reproducible jars have no time of their build; jars of others are the same everywhere. */
    @ParameterizedTest
    @MethodSource("functions")
    void ownJarsOfAPackage_haveTheFixedTime(Function function) throws IOException {
        List<Path> own = jars(function).stream()
                .filter(jar -> jar.toString().endsWith("-1.0.0.jar"))
                .toList();

        assertThat(own).isNotEmpty();
        for (Path jar : own) {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                assertThat(zip.stream().map(ZipEntry::getTimeLocal)).containsOnly(TIME_OF_ENTRIES);
            }
        }
    }

    @Test
    void packageBuiltAgain_elsewhere_isTheSameZip_byteForByte() throws Exception {
        List<String> ids = List.of("ResizePhotoFunction", "GetParcelFunction");
        TEMPLATE.functions().stream()
                .filter(function -> ids.contains(function.id()))
                .forEach(function -> fill(function, folder));

        assertThat(zips(folder, ids)).hasSize(2).isEqualTo(zips(packages, ids));
    }

    /** A jar has the permissions that the umask gave to the compiled classes, and they are part of its bytes. */
    @Test
    void jarOfABuildWithAnotherUmask_getsTheUsualPermissions() throws Exception {
        // given
        Path module = Files.createDirectory(folder.resolve("module"));
        output("cp", "-R", "stream-enricher/target", module.resolve("target").toString());
        try (FileSystem jar = open(module.resolve("target/lib/shared-support-1.0.0.jar"))) {
            Files.setPosixFilePermissions(jar.getPath(MANIFEST), PosixFilePermissions.fromString("rw-------"));
        }

        // when
        Path filled = folder.resolve("filled");
        output("python3", "local/bin/package.py", module.toString(), filled.toString());

        // then
        try (FileSystem jar = open(filled.resolve("lib/shared-support-1.0.0.jar"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(jar.getPath(MANIFEST))))
                    .isEqualTo("rw-r--r--");
        }
    }

    @Test
    void functionsOfOneModuleWithTheSameLibraries_haveTheSamePackage_whichIsUploadedOnce() throws Exception {
        List<String> zips =
                zips(packages, List.of("GetParcelFunction", "AggregateHubsFunction", "AlertSupportFunction"));

        assertThat(zips.get(1)).isEqualTo(zips.get(0)).isNotEqualTo(zips.get(2));
    }

    /** Each library of a function is left out, and each that it doesn't have is added: the rule reports both. */
    @ParameterizedTest
    @MethodSource("functions")
    void otherLibraries_areFoundByTheRule(Function function) throws IOException {
        String makefile = ContractTest.PROJECT.read("Makefile");
        Matcher line = Pattern.compile("(?m)^build-%s: LIBRARIES = (.*)$".formatted(function.id()))
                .matcher(makefile);
        assertThat(line.find()).isTrue();
        Set<String> named = Set.of(line.group(1).split(" "));
        Path pom = Path.of(function.module(), "pom.xml");
        Files.createDirectories(folder.resolve(pom).getParent());
        Files.copy(ROOT.resolve(pom), folder.resolve(pom));
        Set<String> candidates = new TreeSet<>(named);
        candidates.addAll(Set.of("dynamodb", "eventbridge", "kinesis", "s3", "sns", "sqs", "ssm"));

        for (String library : candidates) {
            Set<String> changed = new TreeSet<>(named);
            if (!changed.remove(library)) {
                changed.add(library);
            }
            Files.writeString(
                    folder.resolve("Makefile"),
                    makefile.replace(
                            line.group(),
                            "build-%s: LIBRARIES = %s".formatted(function.id(), String.join(" ", changed))));

            assertThat(new Libraries().check(TEMPLATE, new Project(folder, ContractTest.PROJECT.code())))
                    .as("%s with %s", function.id(), changed)
                    .extracting(Violation::resource)
                    .containsExactly(function.id());
        }
    }

    private static FileSystem open(Path jar) throws IOException {
        return FileSystems.newFileSystem(jar, Map.of("enablePosixFileAttributes", true));
    }

    private static Path packageOf(Function function) {
        return packages.resolve(function.id());
    }

    private static List<Path> jars(Function function) {
        try (Stream<Path> files = Files.list(packageOf(function).resolve("lib"))) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> callees(Function function) {
        return ContractTest.PROJECT.code().reachableFrom(function.handler()).libraryCalls().stream()
                .map(LibraryCall::owner);
    }

    private static Set<String> clients(Stream<String> classes) {
        return classes.map(CLIENT::matcher)
                .filter(Matcher::matches)
                .map(client -> client.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The names of all entries of the jars. */
    private static Set<String> entries(Function function) {
        Set<String> names = new TreeSet<>();
        for (Path jar : jars(function)) {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                zip.stream().map(ZipEntry::getName).forEach(names::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return names;
    }

    private static Map<String, Long> zippedBytes(String sizes) {
        return sizes.lines()
                .skip(1)
                .map(line -> line.split(","))
                .collect(Collectors.toMap(columns -> columns[0], columns -> Long.valueOf(columns[1])));
    }

    /** For each package: the SAM CLI's hash of the content, which is the upload's name, and the hash of the zip. */
    private static List<String> zips(Path packages, List<String> ids) throws Exception {
        List<String> command = new ArrayList<>(List.of(".venv/sam/bin/python", "system-tests/src/test/python/zip.py"));
        ids.forEach(id -> command.add(packages.resolve(id).toString()));
        return output(command.toArray(String[]::new)).lines().toList();
    }

    /** Runs the target of sam build; Maven has packaged the modules before these tests. */
    private static void fill(Function function, Path packages) {
        Path target = packages.resolve(function.id());
        try {
            output(
                    "make",
                    "--silent",
                    "--old-file=target/functions-packaged",
                    "build-" + function.id(),
                    "ARTIFACTS_DIR=" + target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(ROOT.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
        return output;
    }
}
