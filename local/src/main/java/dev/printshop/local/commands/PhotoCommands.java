package dev.printshop.local.commands;

import static dev.printshop.local.story.PhotoDesk.attribute;

import dev.printshop.local.Console;
import dev.printshop.local.LocalCloudException;
import dev.printshop.local.Pause;
import dev.printshop.local.Stack;
import dev.printshop.local.commands.Commands.Action;
import dev.printshop.local.story.PhotoDesk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What an owner does with photos. */
final class PhotoCommands {

    private static final Duration WAIT_LIMIT = Duration.ofSeconds(90);

    /** The names that the image resizer accepts: a photo with another one has another id in the gallery. */
    private static final String NAME = "[\\p{L}\\p{M}\\p{Nd} ._\\-()+,@]{1,128}";

    private PhotoCommands() {}

    static Action upload(Values values, Path projectRoot) {
        Path file = projectRoot.resolve(
                values.required("PHOTO", "make upload PHOTO=local/src/main/resources/photos/cat.jpg OWNER=anna"));
        String owner = owner(values);
        String name = name(values.optional("NAME", String.valueOf(file.getFileName())));
        byte[] content = read(file);
        return (stack, console) -> {
            PhotoDesk desk = new PhotoDesk(stack);
            Instant start = Instant.now();
            console.line("%s, %d bytes", desk.upload(owner, name, content), content.length);
            show(await(desk, owner, name, Set.of("READY", "REJECTED"), start), console);
        };
    }

    static Action remove(Values values) {
        String owner = owner(values);
        String name = name(values.required("NAME", "make remove OWNER=anna NAME=cat.jpg"));
        return (stack, console) -> remove(owner, name, stack, console);
    }

    private static void remove(String owner, String name, Stack stack, Console console) {
        PhotoDesk desk = new PhotoDesk(stack);
        boolean visible = desk.photo(owner, name)
                .filter(item -> !"REMOVED".equals(attribute(item, "status").s()))
                .isPresent();
        if (!visible) {
            throw new LocalCloudException(
                    "There is no photo %s in the gallery: make gallery OWNER=%s lists them".formatted(name, owner));
        }
        Instant start = Instant.now();
        desk.remove(owner, name);
        show(await(desk, owner, name, Set.of("REMOVED"), start), console);
    }

    static Action gallery(Values values) {
        String owner = owner(values);
        return (stack, console) -> {
            List<Map<String, AttributeValue>> photos = new PhotoDesk(stack).gallery(owner);
            photos.forEach(photo -> show(photo, console));
            console.line("%d photos of %s, newest first", photos.size(), owner);
        };
    }

    private static Map<String, AttributeValue> await(
            PhotoDesk desk, String owner, String name, Set<String> statuses, Instant since) {
        return Pause.until(
                "photo %s of %s to be %s in the gallery".formatted(name, owner, String.join(" or ", statuses)),
                WAIT_LIMIT,
                () -> desk.photo(owner, name)
                        .filter(item -> statuses.contains(
                                        attribute(item, "status").s())
                                && !Instant.parse(attribute(item, "updatedAt").s())
                                        .isBefore(since)));
    }

    private static void show(Map<String, AttributeValue> photo, Console console) {
        String status = attribute(photo, "status").s();
        String details = switch (status) {
            case "READY" ->
                "%s × %s pixels, uploaded %s"
                        .formatted(
                                attribute(photo, "width").n(),
                                attribute(photo, "height").n(),
                                attribute(photo, "uploadedAt").s());
            case "REJECTED" -> attribute(photo, "reason").s();
            default -> "";
        };
        console.line("%-16s %-9s %s", attribute(photo, "photoId").s(), status, details);
        if (status.equals("READY")) {
            attribute(photo, "variants")
                    .l()
                    .forEach(variant ->
                            console.line("    %s", attribute(variant.m(), "key").s()));
        }
    }

    private static String owner(Values values) {
        String owner = values.required("OWNER", "for example OWNER=anna");
        if (!owner.matches("[\\w-]+")) {
            throw new LocalCloudException("OWNER must have letters, digits, _ and - only, not '%s'".formatted(owner));
        }
        return owner;
    }

    private static String name(String name) {
        if (!name.matches(NAME)) {
            throw new LocalCloudException(
                    "NAME must have 1 to 128 letters, digits, spaces or . _ - ( ) + , @, not '%s'".formatted(name));
        }
        return name;
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new LocalCloudException("PHOTO must be a file that can be read, not '%s'".formatted(file), e);
        }
    }
}
