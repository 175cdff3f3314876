package dev.secureprediction.sandbox.node.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.secureprediction.sandbox.cluster.ControlPlane;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * Workload identity as GKE's metadata server does it: the pod's Kubernetes token is exchanged for one of the pool, and with that the
 * Google service account is impersonated which the Kubernetes account's annotation names.
 */
public final class GkeWorkloadIdentity implements WorkloadIdentity {

    /** On a Kubernetes service account: the e-mail address of the Google one. */
    public static final String ANNOTATION = "iam.gke.io/gcp-service-account";

    private static final String CLOUD_PLATFORM = "https://www.googleapis.com/auth/cloud-platform";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KubernetesClient client;
    private final String cloud;
    private final HttpClient http;
    private final String pool;
    private final String project;

    /**
     * For pods of one cluster.
     *
     * @param client may ask for tokens of any service account
     * @param cloud host and port of the token service and of IAM credentials
     * @param trust trusts the cloud's certificate
     * @param pool workload identity pool, {@code PROJECT.svc.id.goog}
     * @param project what the metadata server calls its project
     */
    public GkeWorkloadIdentity(KubernetesClient client, String cloud, SSLContext trust, String pool, String project) {
        this.client = client;
        this.cloud = cloud;
        this.http = HttpClient.newBuilder()
                .sslContext(trust)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        this.pool = pool;
        this.project = project;
    }

    @Override
    public AccessToken accessToken(PodAccount account, List<String> scopes) throws IdentityException {
        var wanted = scopes.isEmpty() ? List.of(CLOUD_PLATFORM) : scopes;
        var federated = exchange(kubernetesToken(account), wanted);
        var email = annotation(account);
        return email.isPresent() ? impersonate(federated, email.get(), wanted) : federated;
    }

    @Override
    public String email(PodAccount account) {
        return annotation(account).orElse(pool);
    }

    @Override
    public String project() {
        return project;
    }

    private Optional<String> annotation(PodAccount account) {
        return Optional.ofNullable(client.serviceAccounts()
                        .inNamespace(account.namespace())
                        .withName(account.serviceAccount())
                        .get())
                .map(found -> found.getMetadata().getAnnotations())
                .map(annotations -> annotations.get(ANNOTATION));
    }

    private String kubernetesToken(PodAccount account) throws IdentityException {
        var request = new TokenRequestBuilder()
                .withNewSpec()
                .withAudiences(pool)
                .withExpirationSeconds(3600L)
                .withNewBoundObjectRef()
                .withApiVersion("v1")
                .withKind("Pod")
                .withName(account.podName())
                .withUid(account.podUid())
                .endBoundObjectRef()
                .endSpec()
                .build();
        try {
            return client.serviceAccounts()
                    .inNamespace(account.namespace())
                    .withName(account.serviceAccount())
                    .tokenRequest(request)
                    .getStatus()
                    .getToken();
        } catch (KubernetesClientException e) {
            throw new IdentityException(503, "the API server gives no token for the pod: " + e.getMessage(), e);
        }
    }

    /** RFC 8693. */
    private AccessToken exchange(String token, List<String> scopes) throws IdentityException {
        var form = Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "audience",
                "identitynamespace:" + pool + ":" + ControlPlane.ISSUER,
                "scope",
                String.join(" ", scopes),
                "requested_token_type",
                "urn:ietf:params:oauth:token-type:access_token",
                "subject_token_type",
                "urn:ietf:params:oauth:token-type:jwt",
                "subject_token",
                token);
        var body = form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var answer = post(HttpRequest.newBuilder(URI.create("https://" + cloud + "/v1/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        return new AccessToken(
                answer.path("access_token").asText(),
                Instant.now().plusSeconds(answer.path("expires_in").asLong(3600)));
    }

    private AccessToken impersonate(AccessToken federated, String email, List<String> scopes) throws IdentityException {
        var body = JSON.createObjectNode();
        scopes.forEach(body.putArray("scope")::add);
        var answer = post(HttpRequest.newBuilder(URI.create("https://" + cloud
                        + "/v1/projects/-/serviceAccounts/" + URLEncoder.encode(email, StandardCharsets.UTF_8)
                        + ":generateAccessToken"))
                .header("Authorization", "Bearer " + federated.value())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
        return new AccessToken(
                answer.path("accessToken").asText(),
                Instant.parse(answer.path("expireTime").asText()));
    }

    private JsonNode post(HttpRequest.Builder request) throws IdentityException {
        try {
            var response =
                    http.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IdentityException(
                        response.statusCode() == 429 || response.statusCode() >= 500 ? 503 : 403,
                        "unable to generate access token; the cloud answered " + response.statusCode() + ": "
                                + response.body());
            }
            return JSON.readTree(response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IdentityException(503, "interrupted", e);
        } catch (IOException e) {
            throw new IdentityException(503, "the cloud cannot be reached: " + e.getMessage(), e);
        }
    }
}
