package dev.printshop.local.streams;

/**
 * The parts of an Amazon Resource Name that are needed here.
 *
 * @param service such as {@code kinesis}
 * @param resource the part after the account
 */
record Arn(String service, String region, String resource) {

    static Arn of(String text) {
        String[] parts = text.split(":", 6);
        if (parts.length < 6 || !parts[0].equals("arn")) {
            throw new IllegalArgumentException("An ARN is expected, not '%s'".formatted(text));
        }
        return new Arn(parts[2], parts[3], parts[5]);
    }
}
