package dev.secureprediction.policy.model;

/**
 * Names in a bundle that stand for the operator, which proves gateways by calls of its own. An environment with an issuer
 * of this name is refused, since names are unique, so no role of a contract can mean it.
 */
public final class Verifier {

    /** The issuer of the tokens that it calls with: the cluster's own, with an audience of their own. */
    public static final String ISSUER = "secureprediction-verifier";

    /** The role that lets it send the canary, and nothing else. */
    public static final String ROLE = "secureprediction-verifier";

    private Verifier() {}
}
