package dev.printshop.local.commands;

import dev.printshop.local.Customers;
import dev.printshop.local.LocalCloudException;
import dev.printshop.local.commands.Commands.Action;
import java.util.List;

/** Customers, and employees with a group, who sign in to the APIs. */
final class CustomerCommands {

    private static final List<String> GROUPS = List.of("approvers", "support");

    private CustomerCommands() {}

    static Action customer(Values values) {
        String name = name(values.required("NAME", "make customer NAME=anna"));
        String group = values.optional("GROUP", "");
        if (!group.isEmpty()) {
            Values.oneOf(GROUPS, "GROUP", group);
        }
        return (stack, console) -> {
            Customers customers = new Customers(stack);
            String address = customers.create(name);
            if (!group.isEmpty()) {
                customers.addToGroup(name, group);
            }
            console.line(
                    "%s can sign in%s: make token NAME=%s",
                    address, group.isEmpty() ? "" : ", in the group " + group, name);
        };
    }

    static Action token(Values values) {
        String name = name(values.required("NAME", "make token NAME=anna"));
        return (stack, console) ->
                console.line("%s", new Customers(stack).signIn(name).access());
    }

    private static String name(String name) {
        if (!name.matches("[a-z0-9-]{1,40}")) {
            throw new LocalCloudException(
                    "NAME must have 1 to 40 small letters, digits and - only, not '%s'".formatted(name));
        }
        return name;
    }
}
