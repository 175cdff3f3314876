package dev.secureprediction.operator.status;

import dev.secureprediction.operator.resolve.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What stands in the cluster for one gateway.
 *
 * @param applied whether the API server took every object of the wanted state
 * @param rolledOut whether the Deployment's newest generation is observed and fully updated
 * @param wantedReplicas of the Deployment, as the autoscaler has them
 * @param readyReplicas pods that are ready
 * @param pods the gateway's own pods, found by label and owner
 * @param problem what the API server refused, or what is missing in the gateway namespace
 * @param trouble why pods do not come up, in the cluster's words
 * @param certificateAuthority PEM certificates that callers should trust, when the operator makes the certificate
 */
public record GatewayReport(
        boolean applied,
        boolean rolledOut,
        int wantedReplicas,
        int readyReplicas,
        List<PodReport> pods,
        Optional<Problem> problem,
        Optional<String> trouble,
        Optional<String> certificateAuthority) {

    /** Nothing applied yet. */
    public static final GatewayReport NOT_APPLIED =
            new GatewayReport(false, false, 0, 0, List.of(), Optional.empty(), Optional.empty());

    /** Without trouble. */
    public GatewayReport(
            boolean applied,
            boolean rolledOut,
            int wantedReplicas,
            int readyReplicas,
            List<PodReport> pods,
            Optional<Problem> problem,
            Optional<String> certificateAuthority) {
        this(applied, rolledOut, wantedReplicas, readyReplicas, pods, problem, Optional.empty(), certificateAuthority);
    }

    public GatewayReport {
        pods = List.copyOf(pods);
    }

    /**
     * One pod, as Kubernetes and its own admin port describe it.
     *
     * @param pod its name
     * @param ready as Kubernetes sees it
     * @param image the container's image
     * @param policyDigest digest of the policy it has loaded; absent when the admin port did not answer
     * @param refusal the digest and reason of a policy that it refused
     * @param permissions what Google told it about its own account
     * @param altered whether it had the wanted policy, and has another now that the operator did not give it
     * @param modelVersion what the model that answered its canary, or else a real call, says it is
     */
    public record PodReport(
            String pod,
            boolean ready,
            String image,
            Optional<String> policyDigest,
            Optional<Refusal> refusal,
            Optional<OwnPermissions> permissions,
            boolean altered,
            Optional<String> modelVersion) {

        /** Of a pod that has not asked Google yet. */
        public PodReport(
                String pod, boolean ready, String image, Optional<String> policyDigest, Optional<Refusal> refusal) {
            this(pod, ready, image, policyDigest, refusal, Optional.empty(), false, Optional.empty());
        }

        /** The same, with what its canary came to. */
        public PodReport with(Optional<String> version) {
            return new PodReport(pod, ready, image, policyDigest, refusal, permissions, altered, version);
        }
    }

    /** A policy that a pod refused. */
    public record Refusal(String policyDigest, String reason) {}
}
