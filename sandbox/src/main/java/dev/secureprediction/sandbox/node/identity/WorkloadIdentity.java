package dev.secureprediction.sandbox.node.identity;

import java.util.List;

/** Who a pod is in Google Cloud. */
public interface WorkloadIdentity {

    /**
     * A fresh credential for a pod.
     *
     * @param scopes OAuth scopes; empty: cloud-platform
     * @throws IdentityException when the cloud refuses, or cannot be reached
     */
    AccessToken accessToken(PodAccount account, List<String> scopes) throws IdentityException;

    /** The Google service account, or the pool's name where the Kubernetes account names none. */
    String email(PodAccount account);

    /** The project the metadata server names. */
    String project();

    /**
     * The Kubernetes service account of one pod.
     *
     * @param namespace of the pod
     * @param serviceAccount its name
     * @param podName tokens are bound to the pod
     * @param podUid tokens are bound to the pod
     */
    record PodAccount(String namespace, String serviceAccount, String podName, String podUid) {}
}
