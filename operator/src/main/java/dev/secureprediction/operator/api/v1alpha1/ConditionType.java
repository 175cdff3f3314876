package dev.secureprediction.operator.api.v1alpha1;

/** The conditions of an endpoint and of an environment; their reasons are in {@link Reason}. */
public enum ConditionType {
    Stalled("a person must act; what served before keeps serving. Present only when True"),
    Reconciling("work or a wait is under way. Present only when True, and never beside Stalled"),
    Ready("the current generation is fully in force"),
    Accepted("references, grants and expressions allow it"),
    IdentityReady("the gateway's Google account exists, may invoke the model and nothing more"),
    EndpointReady("the model's endpoint answers with the wanted model, or none is needed"),
    GatewayReady("enough gateway pods run the wanted image and are ready"),
    PolicyEnforced("every ready gateway pod has the wanted policy and refused what it must refuse"),
    Available("some accepted generation answers calls"),
    Verified("this contract has soaked here"),
    Consistent("the contract is the one of the environment before, or rightly differs"),
    Drifted("Google Cloud or the cluster differs from what was wanted"),
    Paused("nothing is written but who is revoked"),
    CloudReady("the environment's project can be reached as its account, and its role is as it should be"),
    QuotaLeft("the environment's project has room for more service accounts and grants"),
    RolledOut("every endpoint runs by the environment as it is now"),
    Monotone("what the environment requires is at least as strict as in the environment before");

    private final String trueMeans;

    ConditionType(String trueMeans) {
        this.trueMeans = trueMeans;
    }

    /** What status True says, as a clause. */
    public String trueMeans() {
        return trueMeans;
    }
}
