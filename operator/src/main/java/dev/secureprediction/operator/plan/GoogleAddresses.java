package dev.secureprediction.operator.plan;

import dev.secureprediction.operator.api.v1alpha1.environment.FederationIdentity;
import dev.secureprediction.operator.api.v1alpha1.environment.GoogleApiEndpoints;
import dev.secureprediction.operator.api.v1alpha1.environment.GoogleSettings;
import dev.secureprediction.operator.cloud.ApiEndpoints;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Google's addresses and names, with an environment's replacements. */
final class GoogleAddresses {

    private static final String GLOBAL = "global";

    private final GoogleSettings google;
    private final GoogleApiEndpoints api;

    GoogleAddresses(GoogleSettings google) {
        this.google = google;
        this.api = google.apiEndpointsOrDefault();
    }

    /** Replacements alone. */
    ApiEndpoints replaced() {
        return new ApiEndpoints(
                Optional.ofNullable(api.aiplatform()),
                Optional.ofNullable(api.iam()),
                Optional.ofNullable(api.resourcemanager()),
                Optional.ofNullable(api.sts()),
                Optional.ofNullable(api.iamcredentials()));
    }

    /** Where models are called: `host` or `host:port`. */
    String vertex(String location) {
        String usual = location.equals(GLOBAL) ? "aiplatform.googleapis.com" : location + "-aiplatform.googleapis.com";
        return or(api.aiplatform(), usual);
    }

    /** Where Model Armor screens: `host` or `host:port`. */
    String modelArmor(String location) {
        return or(api.modelarmor(), "modelarmor." + location + ".rep.googleapis.com");
    }

    /** Where tokens are exchanged (RFC 8693). */
    String tokenUrl() {
        return "https://" + or(api.sts(), "sts.googleapis.com") + "/v1/token";
    }

    /** Where an account is impersonated. */
    String impersonationUrl(String email) {
        return "https://" + or(api.iamcredentials(), "iamcredentials.googleapis.com")
                + "/v1/projects/-/serviceAccounts/" + email + ":generateAccessToken";
    }

    /** A federation's provider, as the audience of a token exchange. */
    String providerAudience(FederationIdentity federation) {
        return pool(federation) + "/providers/" + federation.provider();
    }

    /** IAM member for a Kubernetes service account of a federated cluster. */
    String federatedMember(FederationIdentity federation, String namespace, String account) {
        return "principal:" + pool(federation) + "/subject/system:serviceaccount:" + namespace + ":" + account;
    }

    private String pool(FederationIdentity federation) {
        return "//iam.googleapis.com/projects/" + or(google.projectNumber(), google.project())
                + "/locations/global/workloadIdentityPools/" + federation.pool();
    }

    private static String or(@Nullable String replaced, String usual) {
        return replaced == null ? usual : replaced;
    }
}
