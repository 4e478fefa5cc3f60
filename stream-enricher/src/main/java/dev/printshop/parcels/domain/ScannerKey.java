package dev.printshop.parcels.domain;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The API key of a hub's scanners: the hub's code and 32 random letters and digits, for scans of this hub only. */
public final class ScannerKey {

    private static final Pattern FORM = Pattern.compile("([A-Z]{3})[A-Za-z0-9]{32}");

    private ScannerKey() {}

    /**
     * The hub of a key, which API Gateway has already checked as a whole.
     *
     * @return the hub; empty when the key has another form or doesn't begin with the code of a hub
     */
    public static Optional<Hub> hub(String key) {
        Matcher form = FORM.matcher(key);
        return form.matches() ? Hubs.all().find(form.group(1)) : Optional.empty();
    }
}
