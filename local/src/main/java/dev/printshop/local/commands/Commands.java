package dev.printshop.local.commands;

import dev.printshop.local.Console;
import dev.printshop.local.Deployment;
import dev.printshop.local.LocalCloudException;
import dev.printshop.local.Stack;
import dev.printshop.local.redrive.WaitingFailures;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The commands, by their names. A command checks its values before it looks for the local cloud. */
public final class Commands {

    private static final Map<String, BiFunction<Values, Path, Action>> ALL = Map.ofEntries(
            Map.entry("upload", PhotoCommands::upload),
            Map.entry("remove", (values, _) -> PhotoCommands.remove(values)),
            Map.entry("gallery", (values, _) -> PhotoCommands.gallery(values)),
            Map.entry("scan", ParcelCommands::scan),
            Map.entry("parcel", (values, _) -> ParcelCommands.parcel(values)),
            Map.entry("alerts", (_, _) -> ParcelCommands::alerts),
            Map.entry("figures", (_, _) -> ParcelCommands::figures),
            Map.entry("lake", (_, _) -> ParcelCommands::lake),
            Map.entry("customer", (values, _) -> CustomerCommands.customer(values)),
            Map.entry("token", (values, _) -> CustomerCommands.token(values)),
            Map.entry("failures", (_, _) -> Commands::failures));

    private Commands() {}

    /** A command with its values. */
    @FunctionalInterface
    public interface Action {

        /** Runs the command and shows its result. */
        void run(Stack stack, Console console);
    }

    /** The names of all commands. */
    public static Set<String> names() {
        return ALL.keySet();
    }

    /**
     * Reads a command line.
     *
     * @param values as in {@code OWNER=anna}
     * @param projectRoot what relative paths are relative to
     * @throws LocalCloudException when a value is missing or wrong
     */
    public static Action read(String name, List<String> values, Path projectRoot) {
        return Objects.requireNonNull(ALL.get(name), name).apply(new Values(values), projectRoot);
    }

    private static void failures(Stack stack, Console console) {
        new WaitingFailures(stack.client(SqsClient.builder()), Deployment.STACK_NAME).show(console);
    }
}
