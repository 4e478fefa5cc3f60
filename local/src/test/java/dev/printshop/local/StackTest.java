package dev.printshop.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StackTest {

    @ParameterizedTest
    @CsvSource({
        "ResizePhotoFunction, printshop-local-resize-photo",
        "UpdateGalleryFunction, printshop-local-update-gallery",
        "FunctionalTestFunction, printshop-local-functional-test",
        "Ping, printshop-local-ping"
    })
    void logicalId_becomesTheStacksNameAndTheWordsWithHyphens(String logicalId, String deployedName) {
        assertThat(Stack.functionName(logicalId)).isEqualTo(deployedName);
    }

    @Test
    void queueUrl_leadsToTheLoopbackAddressInsteadOfItsName(@TempDir Path folder) throws IOException {
        // given
        Stack stack = stack(folder, Map.of("GalleryQueueUrl", "http://localhost:4566/000000000000/gallery"));

        // then
        assertThat(stack.galleryQueueUrl()).isEqualTo("http://127.0.0.1:4566/000000000000/gallery");
    }

    @Test
    void missingOutput_isNamedTogetherWithThoseThatAreThere(@TempDir Path folder) throws IOException {
        // given
        Stack stack = stack(folder, Map.of("UploadsBucket", "uploads"));

        // then
        assertThatThrownBy(stack::photosTable)
                .isInstanceOf(LocalCloudException.class)
                .hasMessage("The stack has no output PhotosTable, only [UploadsBucket]");
    }

    private static Stack stack(Path folder, Map<String, String> outputs) throws IOException {
        Files.createFile(folder.resolve("template.yaml"));
        return new Stack(new Workspace(folder, 4566, folder.resolve(".local")), outputs);
    }
}
