package dev.printshop.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.local.story.PhotoStory;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Each failure on the user's machine leads to one clear message. */
@Tag("component")
class LocalCloudFailuresTest {

    private static final Console SILENT = new Console(new PrintStream(OutputStream.nullOutputStream()));

    @Test
    void portThatIsTaken_isNamedWithAWayOut() throws IOException {
        try (ServerSocket other = new ServerSocket()) {
            other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Workspace workspace = workspaceOn(other.getLocalPort());

            assertThatThrownBy(() -> new Emulator(workspace).start())
                    .isInstanceOf(LocalCloudException.class)
                    .hasMessage(
                            "Port %d is taken by another program. Stop that, or choose another port: make run PORT=%d",
                            other.getLocalPort(), other.getLocalPort() + 1);
        }
    }

    @Test
    void emulatorThatIsNotInstalled_isNamedWithTheCommandThatInstallsIt(@TempDir Path folder) throws IOException {
        Files.createFile(folder.resolve("template.yaml"));
        Workspace workspace = new Workspace(folder, LocalCloudExtension.freePort(), folder.resolve(".local"));

        assertThatThrownBy(() -> new Emulator(workspace).start())
                .isInstanceOf(LocalCloudException.class)
                .hasMessage("ministack is not installed: make run and make e2e install it into .venv/emulator");
    }

    @Test
    void folderWithoutTemplate_isRefused(@TempDir Path folder) {
        assertThatThrownBy(() -> new Workspace(folder, 1, folder.resolve(".local")))
                .isInstanceOf(LocalCloudException.class)
                .hasMessageContaining("There is no template.yaml");
    }

    @Test
    void emulatorThatNeverRan_isNotStopped(@TempDir Path folder) throws IOException {
        Files.createFile(folder.resolve("template.yaml"));

        assertThat(new Emulator(new Workspace(folder, 1, folder.resolve(".local"))).stop())
                .isFalse();
    }

    @Test
    void failedDeployment_isReportedWithTheSamClisOutput() throws IOException {
        Workspace workspace = LocalCloudExtension.workspace("test-failing-deployment");
        Emulator emulator = new Emulator(workspace);
        emulator.start();
        try {
            Deployment deployment = new Deployment(workspace, SILENT);
            Files.createDirectories(workspace.deployment());
            Files.writeString(workspace.deployment().resolve("template.yaml"), """
                    Resources:
                      Unheard:
                        Type: AWS::Unheard::Of
                    """);

            assertThatThrownBy(deployment::deploy)
                    .isInstanceOf(LocalCloudException.class)
                    .hasMessageContaining("sam deploy failed (exit status 1)")
                    .hasMessageContaining("AWS::Unheard::Of");
        } finally {
            emulator.stop();
        }
    }

    @Test
    void pollerThatCannotReadTheMappings_isReportedWithItsMessage() throws IOException {
        Workspace workspace = LocalCloudExtension.workspace("test-failing-poller");
        Files.deleteIfExists(workspace.build().resolve("template.yaml"));

        assertThatThrownBy(() -> new StreamPollerProcess(workspace).start())
                .isInstanceOf(LocalCloudException.class)
                .hasMessageContaining("The poller of the streams did not get ready")
                .hasMessageContaining("NoSuchFileException");
    }

    @Test
    void emulatorThatEndsDuringTheStory_isNamedWithItsLog() throws IOException {
        // given
        Workspace workspace = LocalCloudExtension.workspace("test-dying-emulator");
        Emulator emulator = new Emulator(workspace);
        emulator.start();
        try (SqsClient sqs = Stack.client(workspace, SqsClient.builder())) {
            sqs.listQueues();

            // when, then
            assertThatThrownBy(() -> new LocalCloud(workspace, SILENT).nameWhatDies(() -> {
                        killEmulator(workspace);
                        return sqs.listQueues();
                    }))
                    .isInstanceOf(LocalCloudException.class)
                    .hasMessageStartingWith("The emulator has ended unexpectedly;"
                            + " .local/test-dying-emulator/emulator.log ends with:")
                    .hasCauseInstanceOf(SdkException.class);
        } finally {
            emulator.stop();
        }
    }

    @Test
    void pollerThatEndsDuringTheStory_isNamedWithItsLog() throws IOException, InterruptedException {
        // given
        Workspace workspace = LocalCloudExtension.workspace("test-dying-poller");
        Emulator emulator = new Emulator(workspace);
        emulator.start();
        try {
            Process poller = new ProcessBuilder("true").start();
            poller.waitFor();
            Files.writeString(workspace.folder().resolve("stream-poller.pid"), poller.pid() + " then");
            Files.writeString(workspace.folder().resolve("stream-poller.log"), "OutOfMemoryError");

            // when, then
            assertThatThrownBy(() -> new LocalCloud(workspace, SILENT).nameWhatDies(() -> {
                        throw new LocalCloudException("Timed out after 60.0 s while waiting for an alert");
                    }))
                    .isInstanceOf(LocalCloudException.class)
                    .hasMessage("The poller of the streams has ended unexpectedly;"
                            + " .local/test-dying-poller/stream-poller.log ends with:%n%nOutOfMemoryError".formatted());
        } finally {
            new LocalCloud(workspace, SILENT).stop();
        }
    }

    @Test
    void failureWhileAllRuns_isUnchanged() throws IOException {
        Workspace workspace = LocalCloudExtension.workspace("test-other-failure");
        Emulator emulator = new Emulator(workspace);
        emulator.start();
        IllegalStateException bug = new IllegalStateException("a bug");
        try {
            assertThatThrownBy(() -> new LocalCloud(workspace, SILENT).nameWhatDies(() -> {
                        throw bug;
                    }))
                    .isSameAs(bug);
        } finally {
            emulator.stop();
        }
    }

    private static void killEmulator(Workspace workspace) {
        try {
            long pid = Long.parseLong(Files.readString(workspace.folder().resolve("emulator.pid")));
            ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void functionThatFailsAtInit_isNamedByTheStory() throws IOException {
        Workspace workspace = LocalCloudExtension.workspace("test-failing-function");
        Emulator emulator = new Emulator(workspace);
        Deployment deployment = new Deployment(workspace, SILENT);
        deployment.build();
        deployment.adapt();
        Path template = workspace.deployment().resolve("ImageResizer/template.yaml");
        Files.writeString(template, Files.readString(template).replace("ResizePhotoHandler", "NoSuchHandler"));
        emulator.start();
        try {
            deployment.deploy();

            assertThatThrownBy(() -> new PhotoStory(deployment.stack(), SILENT).play())
                    .isInstanceOf(LocalCloudException.class)
                    .hasMessage("ResizePhotoFunction failed: see its log above");
        } finally {
            emulator.stop();
        }
    }

    private static Workspace workspaceOn(int port) {
        return new Workspace(
                LocalCloudExtension.ROOT,
                port,
                LocalCloudExtension.ROOT.resolve(".local").resolve("test-taken-port"));
    }
}
