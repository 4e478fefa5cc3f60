package dev.printshop.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.local.story.PhotoStory;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can go wrong at the person's machine is said in one clear message. */
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
    void deploymentThatFails_isReportedWithWhatTheSamCliSaid() throws IOException {
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
    void pollerThatCannotReadTheMappings_isReportedWithWhatItSaid() throws IOException {
        Workspace workspace = LocalCloudExtension.workspace("test-failing-poller");
        Files.deleteIfExists(workspace.build().resolve("template.yaml"));

        assertThatThrownBy(() -> new StreamPollerProcess(workspace).start())
                .isInstanceOf(LocalCloudException.class)
                .hasMessageContaining("The poller of the streams did not get ready")
                .hasMessageContaining("NoSuchFileException");
    }

    @Test
    void functionThatFailsAtInit_isNamedByTheStory() throws IOException {
        Workspace workspace = LocalCloudExtension.workspace("test-failing-function");
        Emulator emulator = new Emulator(workspace);
        Deployment deployment = new Deployment(workspace, SILENT);
        deployment.build();
        deployment.adapt();
        Path template = workspace.deployment().resolve("template.yaml");
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
