package dev.printshop.local.story;

import static dev.printshop.local.story.PhotoDesk.attribute;

import dev.printshop.local.Console;
import dev.printshop.local.LocalCloudException;
import dev.printshop.local.Stack;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;

/** Anna uploads her photos, one of them broken, and deletes one again. */
public final class PhotoStory implements Story {

    private static final String OWNER = "anna";
    private static final Duration WAIT_LIMIT = Duration.ofSeconds(90);
    private static final List<String> PHOTOS = List.of("cat.jpg", "coffee.jpg", "galaxies.jpg", "logo.png");
    private static final String BROKEN_PHOTO = "interrupted.jpg";

    private final Stack stack;
    private final Console console;
    private final Storyteller storyteller;
    private final S3Client s3;
    private final PhotoDesk desk;

    public PhotoStory(Stack stack, Console console) {
        this.stack = stack;
        this.console = console;
        this.storyteller = new Storyteller(stack, console);
        this.s3 = stack.client(S3Client.builder());
        this.desk = new PhotoDesk(stack);
    }

    @Override
    public void playShort() {
        play(List.of("cat.jpg", "coffee.jpg"));
    }

    @Override
    public void play() {
        play(PHOTOS);
    }

    @Override
    public List<WhereToLook> whereToLook() {
        return List.of(
                new WhereToLook(
                        "Upload a photo", "make upload PHOTO=local/src/main/resources/photos/logo.png OWNER=" + OWNER),
                new WhereToLook("A gallery", "make gallery OWNER=" + OWNER),
                new WhereToLook("Remove a photo", "make remove OWNER=%s NAME=cat.jpg".formatted(OWNER)));
    }

    private void play(List<String> photos) {
        console.headline("The story: Anna's photos");
        photos.forEach(photo -> storyteller.run(
                "Anna uploads " + photo,
                List.of("ResizePhotoFunction", "UpdateGalleryFunction"),
                () -> uploadAndShow(photo)));
        storyteller.run(
                "Anna uploads %s, whose second half got lost on the way".formatted(BROKEN_PHOTO),
                List.of("ResizePhotoFunction", "UpdateGalleryFunction"),
                this::uploadBrokenAndShow);
        storyteller.run(
                "Anna deletes coffee.jpg",
                List.of("RemoveVariantsFunction", "UpdateGalleryFunction"),
                () -> deleteAndShow("coffee.jpg"));
        storyteller.run("Anna looks at her gallery, newest first", List.of("UpdateGalleryFunction"), this::showGallery);
    }

    private void uploadAndShow(String photo) {
        byte[] file = read(photo);
        Instant uploadedAt = upload(photo, file);
        Map<String, AttributeValue> item = awaitItem(photo, "READY", uploadedAt);
        for (AttributeValue variant : attribute(item, "variants").l()) {
            Map<String, AttributeValue> fields = variant.m();
            String key = attribute(fields, "key").s();
            // The bucket is the reference, not the announcement.
            var stored =
                    s3.headObject(head -> head.bucket(stack.variantsBucket()).key(key));
            console.line(
                    "%-66s %4s × %-4s %7d bytes  %s",
                    withShortVersion(key),
                    attribute(fields, "width").n(),
                    attribute(fields, "height").n(),
                    stored.contentLength(),
                    stored.contentType());
        }
        console.line(
                "In the gallery: %s, %s × %s pixels",
                attribute(item, "status").s(),
                attribute(item, "width").n(),
                attribute(item, "height").n());
    }

    private void uploadBrokenAndShow() {
        byte[] whole = read("cat.jpg");
        Instant uploadedAt = upload(BROKEN_PHOTO, Arrays.copyOf(whole, whole.length / 2));
        Map<String, AttributeValue> item = awaitItem(BROKEN_PHOTO, "REJECTED", uploadedAt);
        console.line("In the gallery: REJECTED. %s", attribute(item, "reason").s());
        awaitNoVariants(BROKEN_PHOTO);
    }

    private void deleteAndShow(String photo) {
        Instant deletedAt = Instant.now();
        desk.remove(OWNER, photo);
        awaitItem(photo, "REMOVED", deletedAt);
        awaitNoVariants(photo);
        console.line("In the gallery: REMOVED. All of its variants are gone.");
    }

    private void showGallery() {
        desk.gallery(OWNER)
                .forEach(item -> console.line(
                        "%-16s %-9s uploaded %s",
                        attribute(item, "photoId").s(),
                        attribute(item, "status").s(),
                        attribute(item, "uploadedAt").s()));
        Map<String, AttributeValue> profile =
                desk.profile(OWNER).orElseThrow(() -> new LocalCloudException("Anna has no profile"));
        console.line(
                "Her profile counts %s ready, %s rejected",
                attribute(profile, "photosReady").n(),
                attribute(profile, "photosRejected").n());
    }

    private Instant upload(String photo, byte[] file) {
        Instant now = Instant.now();
        console.line("%s, %d bytes", desk.upload(OWNER, photo, file), file.length);
        return now;
    }

    private Map<String, AttributeValue> awaitItem(String photo, String status, Instant since) {
        return storyteller.await(
                "photo %s/%s to be %s in the gallery".formatted(OWNER, photo, status),
                WAIT_LIMIT,
                () -> desk.photo(OWNER, photo)
                        .filter(item -> attribute(item, "status").s().equals(status)
                                && !Instant.parse(attribute(item, "updatedAt").s())
                                        .isBefore(since)));
    }

    /** Variants are removed when the gallery no longer shows them, so shortly after its update. */
    private void awaitNoVariants(String photo) {
        String prefix = "variants/%s/%s/".formatted(OWNER, photo);
        storyteller.await("the variants below %s to be removed".formatted(prefix), WAIT_LIMIT, () -> {
            var found =
                    s3.listObjectsV2(list -> list.bucket(stack.variantsBucket()).prefix(prefix));
            return found.hasContents() ? Optional.empty() : Optional.of(prefix);
        });
    }

    /** A key without the padding zeros of its version, which fits into a line. */
    private static String withShortVersion(String key) {
        return key.replaceFirst("(/[0-9A-F]+?)0+-", "$1...-");
    }

    static byte[] read(String photo) {
        try (InputStream file = PhotoStory.class.getResourceAsStream("/photos/" + photo)) {
            if (file == null) {
                throw new IllegalStateException("photos/%s is not on the class path".formatted(photo));
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
