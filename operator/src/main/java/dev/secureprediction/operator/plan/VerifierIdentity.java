package dev.secureprediction.operator.plan;

import dev.secureprediction.operator.resolve.Installation;

/**
 * Whom the operator is when it proves the gateways of an environment: an account of the operator's namespace, and another
 * that has no role anywhere.
 *
 * @param namespace the operator's
 * @param account name of the service account that may send the canary
 * @param stranger name of the one without a role
 * @param audience what gateways of the environment take its tokens for
 */
public record VerifierIdentity(String namespace, String account, String stranger, String audience) {

    /** Of an environment. */
    public static VerifierIdentity of(Installation installation, String environment) {
        return new VerifierIdentity(
                installation.operatorNamespace(),
                "verifier-" + environment,
                "stranger-" + environment,
                "secureprediction.dev/verify/" + installation.id() + "/" + environment);
    }

    /** Its tokens' claim `sub`. */
    public String subject() {
        return "system:serviceaccount:" + namespace + ":" + account;
    }
}
