package dev.secureprediction.operator.cloud.google;

import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.core.FixedExecutorProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.rpc.ClientSettings;
import com.google.api.gax.rpc.StatusCode;
import com.google.api.gax.rpc.UnaryCallSettings;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ImpersonatedCredentials;
import com.google.cloud.aiplatform.v1.EndpointServiceClient;
import com.google.cloud.aiplatform.v1.EndpointServiceSettings;
import com.google.cloud.aiplatform.v1.ModelServiceClient;
import com.google.cloud.aiplatform.v1.ModelServiceSettings;
import com.google.cloud.iam.admin.v1.IAMClient;
import com.google.cloud.iam.admin.v1.IAMSettings;
import com.google.cloud.resourcemanager.v3.ProjectsClient;
import com.google.cloud.resourcemanager.v3.ProjectsSettings;
import dev.secureprediction.operator.cloud.CloudException;
import dev.secureprediction.operator.cloud.CloudScope;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Makes clients for a scope: its addresses, its impersonated account, a deadline on every call. */
final class GoogleClientFactory implements AutoCloseable {

    private static final String CLOUD_PLATFORM = "https://www.googleapis.com/auth/cloud-platform";
    private static final int TOKEN_SECONDS = 3600;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(30);
    private static final RetrySettings READ = RetrySettings.newBuilder()
            .setInitialRpcTimeoutDuration(Duration.ofSeconds(10))
            .setMaxRpcTimeoutDuration(Duration.ofSeconds(10))
            .setTotalTimeoutDuration(Duration.ofSeconds(20))
            .setInitialRetryDelayDuration(Duration.ofMillis(200))
            .setRetryDelayMultiplier(2)
            .setMaxRetryDelayDuration(Duration.ofSeconds(2))
            .setMaxAttempts(3)
            .build();

    private final Credentials ownIdentity;
    private final CallMetrics metrics;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    private final ScheduledExecutorService background = Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().daemon().name("google-", 0).factory());

    /** Where the operator's own credentials come from. */
    @FunctionalInterface
    interface Credentials {
        GoogleCredentials get() throws IOException;
    }

    GoogleClientFactory(Credentials ownIdentity, CallMetrics metrics) {
        this.ownIdentity = ownIdentity;
        this.metrics = metrics;
    }

    /**
     * New clients; nothing is called yet.
     *
     * @throws CloudException.Unavailable when the operator has no identity of its own
     */
    GoogleClients create(CloudScope scope) {
        try {
            GoogleCredentials credentials = impersonated(scope);
            String aiplatform = scope.api().aiplatform().orElse(publicHost(scope.location()));
            return new GoogleClients(
                    scope,
                    endpoints(aiplatform, credentials),
                    models(aiplatform, credentials),
                    iam(scope.api().iam().orElse("iam.googleapis.com"), credentials),
                    projects(scope.api().resourcemanager().orElse("cloudresourcemanager.googleapis.com"), credentials),
                    new EndpointPolicies(scope, http, credentials, aiplatform, metrics));
        } catch (IOException e) {
            throw new CloudException.Unavailable(
                    "the operator has no Google identity of its own; give its pod workload identity", Optional.empty());
        }
    }

    private static String publicHost(String location) {
        return location.equals("global") ? "aiplatform.googleapis.com" : location + "-aiplatform.googleapis.com";
    }

    private GoogleCredentials impersonated(CloudScope scope) throws IOException {
        ImpersonatedCredentials.Builder builder = ImpersonatedCredentials.newBuilder()
                .setSourceCredentials(ownIdentity.get())
                .setTargetPrincipal(scope.operatorServiceAccount())
                .setScopes(List.of(CLOUD_PLATFORM))
                .setLifetime(TOKEN_SECONDS);
        scope.api()
                .iamcredentials()
                .ifPresent(authority -> builder.setIamEndpointOverride("https://" + authority
                        + "/v1/projects/-/serviceAccounts/" + scope.operatorServiceAccount() + ":generateAccessToken"));
        return builder.build();
    }

    private EndpointServiceClient endpoints(String authority, GoogleCredentials credentials) throws IOException {
        EndpointServiceSettings.Builder settings =
                EndpointServiceSettings.newBuilder().applyToAllUnaryMethods(GoogleClientFactory::writing);
        reading(settings.getEndpointSettings());
        connect(settings, EndpointServiceSettings.defaultGrpcTransportProviderBuilder(), authority, credentials);
        return EndpointServiceClient.create(settings.build());
    }

    private ModelServiceClient models(String authority, GoogleCredentials credentials) throws IOException {
        ModelServiceSettings.Builder settings =
                ModelServiceSettings.newBuilder().applyToAllUnaryMethods(GoogleClientFactory::writing);
        reading(settings.getModelSettings());
        connect(settings, ModelServiceSettings.defaultGrpcTransportProviderBuilder(), authority, credentials);
        return ModelServiceClient.create(settings.build());
    }

    private IAMClient iam(String authority, GoogleCredentials credentials) throws IOException {
        IAMSettings.Builder settings = IAMSettings.newBuilder().applyToAllUnaryMethods(GoogleClientFactory::writing);
        reading(settings.getServiceAccountSettings());
        reading(settings.getRoleSettings());
        reading(settings.getIamPolicySettings());
        connect(settings, IAMSettings.defaultGrpcTransportProviderBuilder(), authority, credentials);
        return IAMClient.create(settings.build());
    }

    private ProjectsClient projects(String authority, GoogleCredentials credentials) throws IOException {
        ProjectsSettings.Builder settings =
                ProjectsSettings.newBuilder().applyToAllUnaryMethods(GoogleClientFactory::writing);
        reading(settings.getIamPolicySettings());
        connect(settings, ProjectsSettings.defaultGrpcTransportProviderBuilder(), authority, credentials);
        return ProjectsClient.create(settings.build());
    }

    private void connect(
            ClientSettings.Builder<?, ?> settings,
            InstantiatingGrpcChannelProvider.Builder channel,
            String authority,
            GoogleCredentials credentials) {
        String endpoint = authority.contains(":") ? authority : authority + ":443";
        settings.setEndpoint(endpoint)
                .setTransportChannelProvider(channel.setEndpoint(endpoint)
                        .setInterceptorProvider(() -> List.of(metrics))
                        .build())
                .setBackgroundExecutorProvider(FixedExecutorProvider.create(background))
                .setCredentialsProvider(FixedCredentialsProvider.create(credentials));
    }

    // a write is not repeated here: the next round reads first
    private static Void writing(UnaryCallSettings.Builder<?, ?> call) {
        call.setSimpleTimeoutNoRetriesDuration(WRITE_TIMEOUT);
        return null;
    }

    private static void reading(UnaryCallSettings.Builder<?, ?> call) {
        call.setRetryableCodes(StatusCode.Code.UNAVAILABLE).setRetrySettings(READ);
    }

    @Override
    public void close() {
        background.shutdownNow();
        http.shutdownNow();
    }
}
