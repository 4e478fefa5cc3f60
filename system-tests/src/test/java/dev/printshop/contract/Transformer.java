package dev.printshop.contract;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The SAM CLI's own translator, with the same transformation as on AWS. */
final class Transformer implements AutoCloseable {

    private static final Path PYTHON = Path.of("..", ".venv", "sam", "bin", "python");
    private static final Path SCRIPT = Path.of("src", "test", "python", "transform.py");

    private final Process process;
    private final Writer requests;
    private final BufferedReader answers;

    Transformer() {
        if (!Files.isExecutable(PYTHON)) {
            throw new IllegalStateException("The SAM CLI is not installed: make contract installs it into .venv/sam");
        }
        ProcessBuilder builder = new ProcessBuilder(PYTHON.toString(), SCRIPT.toString());
        builder.environment().put("AWS_DEFAULT_REGION", "us-east-1");
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        requests = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The resources of the transformed template, by their logical ids. */
    Map<String, Object> resources(Path template, Map<String, String> parameters) {
        try {
            requests.write(JSON.std.asString(Map.of("template", template.toString(), "parameters", parameters)) + "\n");
            requests.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new IllegalStateException(template + " could not be transformed: see the error above");
            }
            @SuppressWarnings("unchecked") // a template is a mapping with text keys
            Map<String, Object> resources =
                    (Map<String, Object>) JSON.std.mapFrom(answer).get("Resources");
            return resources;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
