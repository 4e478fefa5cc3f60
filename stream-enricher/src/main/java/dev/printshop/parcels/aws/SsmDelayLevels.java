package dev.printshop.parcels.aws;

import dev.printshop.parcels.domain.DelayLevels;
import dev.printshop.parcels.domain.DelayLevelsSource;
import dev.printshop.shared.concurrency.TransientFailureException;
import dev.printshop.shared.telemetry.LogField;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * The delay levels in a parameter of the Parameter Store, read once a minute at most. If a later read fails, the
 * previous levels stay valid for an hour.
 */
public final class SsmDelayLevels implements DelayLevelsSource {

    private static final Logger LOG = LoggerFactory.getLogger(SsmDelayLevels.class);

    private static final Duration KEPT = Duration.ofMinutes(1);

    /**
     * Covers an outage of the Parameter Store. In a longer one, scans and searches are retried until the levels can be
     * read.
     */
    private static final Duration MAX_AGE = Duration.ofHours(1);

    private final SsmClient ssm;
    private final String parameterName;
    private final InstantSource clock;

    private @Nullable DelayLevels levels;
    private Instant readAt = Instant.MIN;
    private Instant readAgainAt = Instant.MIN;

    public SsmDelayLevels(SsmClient ssm, String parameterName, InstantSource clock) {
        this.ssm = ssm;
        this.parameterName = parameterName;
        this.clock = clock;
    }

    /** Clears the cache, for use before a snapshot, which may be restored weeks later. */
    public void clear() {
        levels = null;
        readAt = Instant.MIN;
        readAgainAt = Instant.MIN;
    }

    @Override
    public DelayLevels current() {
        DelayLevels known = levels;
        Instant now = clock.instant();
        if (known != null && now.isBefore(readAgainAt)) {
            return known;
        }
        try {
            known = read();
            readAt = now;
        } catch (RuntimeException e) {
            if (known == null || now.isAfter(readAt.plus(MAX_AGE))) {
                throw e;
            }
            LOG.warn("The delay levels can't be read, the previous ones stay valid", LogField.error(e));
        }
        levels = known;
        readAgainAt = now.plus(KEPT);
        return known;
    }

    private DelayLevels read() {
        String value = ssm.getParameter(request -> request.name(parameterName))
                .parameter()
                .value();
        try {
            return DelayLevels.parse(value);
        } catch (IllegalArgumentException e) {
            // The setting is wrong, not the parcels: records that need it are retried until the setting is corrected.
            throw new TransientFailureException("Parameter %s: %s".formatted(parameterName, e.getMessage()), e);
        }
    }
}
