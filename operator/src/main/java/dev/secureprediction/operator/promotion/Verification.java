package dev.secureprediction.operator.promotion;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a record says: this contract ran in that environment, for so long, and these probes held.
 *
 * @param iss the installation that signed it
 * @param tenant whose application it is, by the label that the platform team sets on namespaces
 * @param application of the tenant
 * @param environment where it ran
 * @param contractDigest what ran
 * @param policyDigest what it was compiled to there
 * @param image of the gateway that enforced it
 * @param floors what that environment required, as its `require`
 * @param operatorVersion that signed it
 * @param probes that passed
 * @param soakFrom since when it ran with every probe passing, seconds since 1970
 * @param soakTo until when that was seen, seconds since 1970
 * @param driftFreeSince since when nobody changed its cloud resources, seconds since 1970
 * @param modelVersion what the model that answered says it is; absent where it was not asked, or does not say
 * @param traffic calls seen by the gateways that ran at the end; absent where they did not say
 * @param iat when it was signed, seconds since 1970
 * @param exp when it ends, seconds since 1970
 */
public record Verification(
        String iss,
        String tenant,
        String application,
        String environment,
        String contractDigest,
        String policyDigest,
        String image,
        JsonNode floors,
        String operatorVersion,
        List<String> probes,
        long soakFrom,
        long soakTo,
        long driftFreeSince,
        @Nullable String modelVersion,
        @Nullable Traffic traffic,
        long iat,
        long exp) {

    /**
     * Calls seen.
     *
     * @param requests all of them
     * @param errors those that the gateway or the model failed, not those that it refused
     */
    public record Traffic(long requests, long errors) {}

    public Verification {
        probes = List.copyOf(probes);
    }

    /** The same with the traffic that was seen. */
    public Verification with(Traffic seen) {
        return new Verification(
                iss,
                tenant,
                application,
                environment,
                contractDigest,
                policyDigest,
                image,
                floors,
                operatorVersion,
                probes,
                soakFrom,
                soakTo,
                driftFreeSince,
                modelVersion,
                seen,
                iat,
                exp);
    }

    /** How long it ran well. */
    public Duration soak() {
        return Duration.ofSeconds(soakTo - soakFrom);
    }

    boolean isOver(Instant now) {
        return now.getEpochSecond() >= exp;
    }
}
