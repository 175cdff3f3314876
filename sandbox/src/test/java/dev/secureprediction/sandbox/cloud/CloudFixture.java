package dev.secureprediction.sandbox.cloud;

import static org.awaitility.Awaitility.await;

import com.google.api.gax.core.BackgroundResource;
import com.google.api.gax.core.CredentialsProvider;
import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.aiplatform.v1.CreateEndpointRequest;
import com.google.cloud.aiplatform.v1.DedicatedResources;
import com.google.cloud.aiplatform.v1.DeployModelRequest;
import com.google.cloud.aiplatform.v1.DeployedModel;
import com.google.cloud.aiplatform.v1.Endpoint;
import com.google.cloud.aiplatform.v1.EndpointServiceClient;
import com.google.cloud.aiplatform.v1.EndpointServiceSettings;
import com.google.cloud.aiplatform.v1.MachineSpec;
import com.google.cloud.aiplatform.v1.ModelServiceClient;
import com.google.cloud.aiplatform.v1.ModelServiceSettings;
import com.google.cloud.iam.admin.v1.IAMClient;
import com.google.cloud.iam.admin.v1.IAMSettings;
import com.google.cloud.resourcemanager.v3.ProjectsClient;
import com.google.cloud.resourcemanager.v3.ProjectsSettings;
import com.google.longrunning.Operation;
import dev.secureprediction.sandbox.cloud.vertex.OperationKind;
import dev.secureprediction.sandbox.tls.Authority;
import io.grpc.ManagedChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Date;
import java.util.Deque;
import javax.net.ssl.SSLException;

/** A cloud with the samples' seed, and Google's own clients for it, as whoever a test wants to be. */
final class CloudFixture implements AutoCloseable {
    static final String ADMINISTRATOR = "user:platform@example.com";
    static final String PROJECT = "acme-ml-qa";
    static final String NUMBER = "100000000002";
    static final String OPERATOR = "serviceAccount:spe-operator@acme-ml-qa.iam.gserviceaccount.com";
    static final String INVOKER = "projects/acme-ml-qa/roles/securePredictionInvoker";
    static final String LOCATION = "projects/acme-ml-qa/locations/europe-west4";
    static final String CHURN = LOCATION + "/models/1234567890@17";
    static final String GEMINI = LOCATION + "/publishers/google/models/gemini-2.5-flash";

    final Authority authority = Authority.create();
    final GoogleCloud cloud = GoogleCloud.start(authority, CloudSeed.sandbox());
    final HttpClient http =
            HttpClient.newBuilder().sslContext(authority.clientContext()).build();
    private final SslContext trust = trust();
    private final Deque<BackgroundResource> opened = new ArrayDeque<>();

    CloudFixture() {
        for (OperationKind kind : OperationKind.values()) {
            cloud.state().operations().takes(kind, Duration.ofMillis(50));
        }
    }

    EndpointServiceClient endpoints(String principal) throws IOException {
        return keep(EndpointServiceClient.create(EndpointServiceSettings.newBuilder()
                .setEndpoint(cloud.authority())
                .setTransportChannelProvider(channel())
                .setCredentialsProvider(as(principal))
                .build()));
    }

    ModelServiceClient models(String principal) throws IOException {
        return keep(ModelServiceClient.create(ModelServiceSettings.newBuilder()
                .setEndpoint(cloud.authority())
                .setTransportChannelProvider(channel())
                .setCredentialsProvider(as(principal))
                .build()));
    }

    IAMClient iam(String principal) throws IOException {
        return keep(IAMClient.create(IAMSettings.newBuilder()
                .setEndpoint(cloud.authority())
                .setTransportChannelProvider(channel())
                .setCredentialsProvider(as(principal))
                .build()));
    }

    ProjectsClient projects(String principal) throws IOException {
        return keep(ProjectsClient.create(ProjectsSettings.newBuilder()
                .setEndpoint(cloud.authority())
                .setTransportChannelProvider(channel())
                .setCredentialsProvider(as(principal))
                .build()));
    }

    InstantiatingGrpcChannelProvider channel() {
        return InstantiatingGrpcChannelProvider.newBuilder()
                .setEndpoint(cloud.authority())
                .setChannelConfigurator(this::trusting)
                .build();
    }

    CredentialsProvider as(String principal) {
        var token = new AccessToken(
                cloud.state().accessToken(principal),
                Date.from(cloud.state().clock().instant().plus(Duration.ofMinutes(50))));
        return FixedCredentialsProvider.create(GoogleCredentials.create(token));
    }

    /** An endpoint with the churn model on it. */
    Endpoint servingEndpoint(String id) throws Exception {
        EndpointServiceClient client = endpoints(OPERATOR);
        done(client, client.createEndpointCallable().call(creation(id)));
        done(client, client.deployModelCallable().call(deployment(LOCATION + "/endpoints/" + id)));
        return client.getEndpoint(LOCATION + "/endpoints/" + id);
    }

    static CreateEndpointRequest creation(String id) {
        return CreateEndpointRequest.newBuilder()
                .setParent(LOCATION)
                .setEndpointId(id)
                .setEndpoint(Endpoint.newBuilder().setDisplayName(id).putLabels("owner", "sandbox"))
                .build();
    }

    static DeployModelRequest deployment(String endpoint) {
        return DeployModelRequest.newBuilder()
                .setEndpoint(endpoint)
                .setDeployedModel(DeployedModel.newBuilder()
                        .setModel(CHURN)
                        .setDedicatedResources(DedicatedResources.newBuilder()
                                .setMachineSpec(MachineSpec.newBuilder().setMachineType("n1-standard-4"))
                                .setMinReplicaCount(1)
                                .setMaxReplicaCount(3)))
                .putTrafficSplit("0", 100)
                .build();
    }

    /** Polls an operation by its name, as an operator does that was started anew. */
    Operation done(EndpointServiceClient client, Operation started) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> client.getOperationsClient().getOperation(started.getName()), Operation::getDone);
    }

    @Override
    public void close() {
        opened.forEach(BackgroundResource::shutdownNow);
        http.close();
        cloud.close();
    }

    private <T extends BackgroundResource> T keep(T client) {
        opened.add(client);
        return client;
    }

    private ManagedChannelBuilder<?> trusting(ManagedChannelBuilder<?> builder) {
        return ((NettyChannelBuilder) builder).sslContext(trust);
    }

    private SslContext trust() {
        try {
            return GrpcSslContexts.forClient()
                    .trustManager(authority.caCertificate())
                    .build();
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }
}
