package dev.secureprediction.operator.api.v1alpha1;

import dev.secureprediction.operator.api.v1alpha1.environment.SigningAlgorithm;
import java.util.List;

/**
 * What an absent field means. The API server stores no defaults, since a delivery tool would see them as a difference.
 *
 * <p>Those of the contract are frozen for digests of format {@code v1}: a field equal to its default is left out of the
 * digest, so with another one here equal digests would no longer mean equal contracts. A new default needs a new format.
 */
public final class Defaults {

    // contract, frozen for v1
    /** `contract.request.maxBytes`: 1 MiB. */
    public static final int MAX_REQUEST_BYTES = 1_048_576;
    /** `contract.timeouts.connectMilliseconds`. */
    public static final int CONNECT_MILLISECONDS = 2_000;
    /** `contract.timeouts.firstByteMilliseconds`. */
    public static final int FIRST_BYTE_MILLISECONDS = 30_000;
    /** `contract.timeouts.idleMilliseconds`. */
    public static final int IDLE_MILLISECONDS = 30_000;
    /** `contract.timeouts.totalMilliseconds`. */
    public static final int TOTAL_MILLISECONDS = 600_000;
    /** `contract.audit.prompts`. */
    public static final PromptRecording PROMPTS = PromptRecording.None;
    /** `contract.retries.budgetPercent`. */
    public static final int RETRY_BUDGET_PERCENT = 10;
    /** `contract.verification.probeIntervalSeconds`. */
    public static final int PROBE_INTERVAL_SECONDS = 300;

    // placement
    /** `placement.endpoint.machineType`. */
    public static final String MACHINE_TYPE = "n1-standard-4";
    /** `placement.gateway.minReplicas` where the environment sets no floor. */
    public static final int GATEWAY_MIN_REPLICAS = 1;
    /** `placement.endpoint.minReplicas` where the environment sets no floor. */
    public static final int ENDPOINT_MIN_REPLICAS = 1;
    /** `deletionPolicy` where the environment sets no floor and the namespace stays. */
    public static final DeletionPolicy DELETION_POLICY = DeletionPolicy.Delete;

    // environment
    /** `tenantLabel`. */
    public static final String TENANT_LABEL = "secureprediction.dev/team";
    /** `issuers.algorithms`. */
    public static final List<SigningAlgorithm> ALGORITHMS = List.of(SigningAlgorithm.RS256);
    /** `issuers.maxStaleSeconds`: one day. */
    public static final int MAX_STALE_SECONDS = 86_400;
    /** `issuers.claims.subject` (RFC 7519). */
    public static final String CLAIM_SUBJECT = "sub";
    /** `issuers.claims.groups`. */
    public static final String CLAIM_GROUPS = "groups";
    /** `issuers.claims.scopes` (RFC 8693). */
    public static final String CLAIM_SCOPES = "scope";
    /** `issuers.claims.tenant`. */
    public static final String CLAIM_TENANT = "tenant";
    /** `allow.maxEndpointReplicas`. */
    public static final int MAX_ENDPOINT_REPLICAS = 10;
    /** `allow.maxGatewayReplicas`. */
    public static final int MAX_GATEWAY_REPLICAS = 20;
    /** `drift.intervalSeconds`. */
    public static final int DRIFT_INTERVAL_SECONDS = 300;
    /** `verification.soakSeconds` and `promotion.minimumSoakSeconds`. */
    public static final int SOAK_SECONDS = 1_800;
    /** `promotion.maxLagSeconds`: two weeks. */
    public static final int MAX_LAG_SECONDS = 1_209_600;
    /** `rollout.maxParallelPercent`. */
    public static final int MAX_PARALLEL_PERCENT = 10;

    /** `quotas.serviceAccounts`: what Google gives a project at first. */
    public static final int SERVICE_ACCOUNTS = 100;

    /** `google.invokerRole`. */
    public static String invokerRole(String project) {
        return "projects/" + project + "/roles/securePredictionInvoker";
    }

    private Defaults() {}
}
