package dev.secureprediction.sandbox.cloud.iam;

import java.util.Set;

/**
 * Who calls.
 *
 * @param member as a policy names it: `user:…`, `serviceAccount:…`, `principal://…`
 * @param aliases further names and sets that mean or hold it: `principalSet://…`
 */
public record Principal(String member, Set<String> aliases) {

    public Principal {
        aliases = Set.copyOf(aliases);
    }

    public static Principal of(String member) {
        return new Principal(member, Set.of());
    }

    public static Principal serviceAccount(String email) {
        return of("serviceAccount:" + email);
    }

    /** A pod of a GKE cluster, by its Kubernetes service account: both names that Google gives it. */
    static Principal gkePod(String pool, String projectNumber, String namespace, String account) {
        String base =
                "//iam.googleapis.com/projects/" + projectNumber + "/locations/global/workloadIdentityPools/" + pool;
        return new Principal(
                "serviceAccount:" + pool + "[" + namespace + "/" + account + "]",
                Set.of(
                        "principal:" + base + "/subject/ns/" + namespace + "/sa/" + account,
                        "principalSet:" + base + "/namespace/" + namespace,
                        "principalSet:" + base + "/*"));
    }

    /** A workload that a pool's provider vouches for. */
    static Principal federated(String projectNumber, String pool, String subject) {
        String base =
                "//iam.googleapis.com/projects/" + projectNumber + "/locations/global/workloadIdentityPools/" + pool;
        return new Principal("principal:" + base + "/subject/" + subject, Set.of("principalSet:" + base + "/*"));
    }

    /** Whether a policy's member means or holds this principal. */
    boolean is(String policyMember) {
        return policyMember.equals(member)
                || aliases.contains(policyMember)
                || policyMember.equals("allUsers")
                || policyMember.equals("allAuthenticatedUsers");
    }

    @Override
    public String toString() {
        return member;
    }
}
