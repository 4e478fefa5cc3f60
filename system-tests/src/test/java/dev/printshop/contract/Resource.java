package dev.printshop.contract;

import java.nio.file.Path;

/**
 * A resource of a template.
 *
 * @param id its logical id
 * @param type for example {@code AWS::SQS::Queue}
 * @param properties with the additions of the Globals
 * @param declaration the source form, with the attributes beside the properties, such as Condition
 */
public record Resource(String id, String type, Value properties, Value declaration) {

    public boolean is(String expected) {
        return type.equals(expected);
    }

    /** A property. */
    public Value at(String... path) {
        return properties.at(path);
    }

    /** The path, from the root's folder, of the file that a property names relative to the template's folder. */
    public String file(String property) {
        return Path.of(declaration.place().folder())
                .resolve(at(property).text())
                .normalize()
                .toString();
    }
}
