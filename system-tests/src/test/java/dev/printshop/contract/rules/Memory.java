package dev.printshop.contract.rules;

import dev.printshop.contract.Function;
import dev.printshop.contract.Project;
import dev.printshop.contract.Rule;
import dev.printshop.contract.Template;
import dev.printshop.contract.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A function has the memory that was measured for it. A JVM with the AWS SDK needs some 200 MB; with less than 512 MB,
 * the share of CPU is so small that every start takes seconds.
 */
public final class Memory implements Rule {

    private static final int LEAST = 512;

    /** What MemoryTest proves with a heap of the function's size, in MB. */
    private static final Map<String, Integer> MEASURED = Map.of("ResizePhotoFunction", 1769);

    @Override
    public List<Violation> check(Template template, Project project) {
        List<Violation> violations = new ArrayList<>();
        for (Function function : template.functions()) {
            int needed = MEASURED.getOrDefault(function.id(), LEAST);
            int memory = function.at("MemorySize").number(128);
            if (memory < needed) {
                violations.add(violation(function.id(), "MemorySize of at least " + needed, memory));
            }
        }
        return violations;
    }
}
