package com.amazonaws.services.lambda.crac;

/**
 * Stands in for the class of the same name in AWS's runtime interface client, which empties the JVM's DNS cache in
 * native code before a snapshot. The local cloud takes none, so there is nothing to do.
 */
class DNSManager {

    private DNSManager() {}

    static void clearCache() {
        // Nothing of the process that is prepared lives on but its classes.
    }
}
