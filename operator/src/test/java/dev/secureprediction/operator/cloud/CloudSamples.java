package dev.secureprediction.operator.cloud;

import java.util.Optional;

/** Desired states of one endpoint, for tests. */
public final class CloudSamples {

    public static final CloudScope SCOPE = new CloudScope(
            "acme-ml-qa",
            "100000000002",
            "europe-west4",
            "spe-operator@acme-ml-qa.iam.gserviceaccount.com",
            ApiEndpoints.PUBLIC);
    public static final Owner OWNER = new Owner("acme", "churn-qa", "churn", "0d2f");
    public static final DesiredServiceAccount ACCOUNT = new DesiredServiceAccount(
            "spe-churn-0a1b2c3d", "spe-churn-0a1b2c3d@acme-ml-qa.iam.gserviceaccount.com", "churn-qa/churn");
    public static final String ROLE = "projects/acme-ml-qa/roles/securePredictionInvoker";
    public static final String GATEWAY =
            "serviceAccount:acme-platform.svc.id.goog[prediction-gateways-qa/churn-0a1b2c3d]";
    public static final DesiredDeployment DEPLOYMENT =
            new DesiredDeployment("1234567890", "17", "9f2c", "n1-standard-4", 1, 3);
    public static final String ENDPOINT_ID = "spe-churn-0a1b2c3d";

    private CloudSamples() {}

    /** A publisher model. */
    public static DesiredCloud publisher() {
        return desired(new DesiredEndpoint.None(), new InvokerGrant.OnProject("acme-ml-qa-genai"));
    }

    /** Somebody else's endpoint. */
    public static DesiredCloud existing() {
        return desired(new DesiredEndpoint.Existing("4711"), new InvokerGrant.OnEndpoint(false));
    }

    /** An endpoint of ours with a model on it. */
    public static DesiredCloud deployed() {
        return deployed(DEPLOYMENT);
    }

    /** An endpoint of ours with a given model on it. */
    public static DesiredCloud deployed(DesiredDeployment deployment) {
        return desired(
                new DesiredEndpoint.Created(ENDPOINT_ID, "churn-qa/churn", Optional.empty(), deployment),
                new InvokerGrant.OnEndpoint(true));
    }

    private static DesiredCloud desired(DesiredEndpoint endpoint, InvokerGrant grant) {
        return new DesiredCloud(SCOPE, OWNER, ACCOUNT, ROLE, grant, GATEWAY, endpoint, DeletionPolicy.Delete);
    }
}
