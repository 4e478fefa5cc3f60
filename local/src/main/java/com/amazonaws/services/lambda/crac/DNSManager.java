package com.amazonaws.services.lambda.crac;

/**
 * Replaces the class of the same name in AWS's runtime interface client, which clears the JVM's DNS cache in native
 * code before a snapshot. The local cloud takes no snapshots, so no action is needed.
 */
class DNSManager {

    private DNSManager() {}

    static void clearCache() {
        // Only the classes of the prepared process are reused.
    }
}
