package dev.secureprediction.sandbox.cloud;

import static dev.secureprediction.sandbox.cloud.CloudFixture.LOCATION;
import static dev.secureprediction.sandbox.cloud.CloudFixture.OPERATOR;
import static dev.secureprediction.sandbox.cloud.CloudFixture.creation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.grpc.GrpcCallContext;
import com.google.api.gax.rpc.DeadlineExceededException;
import com.google.api.gax.rpc.ResourceExhaustedException;
import com.google.api.gax.rpc.UnavailableException;
import com.google.cloud.aiplatform.v1.EndpointServiceClient;
import com.google.cloud.aiplatform.v1.EndpointServiceGrpc;
import com.google.cloud.aiplatform.v1.GetEndpointRequest;
import com.google.rpc.Code;
import dev.secureprediction.sandbox.cloud.observe.Quota;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cloud that is slow, short or broken. */
@Timeout(60)
class FaultsIT {
    private static final String ENDPOINT = LOCATION + "/endpoints/fraud-scores";

    private CloudFixture fixture;
    private EndpointServiceClient client;

    @BeforeEach
    void start() throws Exception {
        fixture = new CloudFixture();
        client = fixture.endpoints(OPERATOR);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void a_method_fails_so_many_times_and_changes_nothing() {
        fixture.cloud.faults().fail("CreateEndpoint", Code.UNAVAILABLE, 2);

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> client.createEndpointCallable().call(creation("churn")))
                    .isInstanceOf(UnavailableException.class);
        }
        assertThat(client.createEndpointCallable().call(creation("churn")).getName())
                .contains("/endpoints/churn/");
    }

    @Test
    void a_quota_runs_out_and_comes_back_a_minute_later() {
        fixture.cloud.faults().quota(Quota.OPERATIONS, 1);
        client.createEndpointCallable().call(creation("one"));

        assertThatThrownBy(() -> client.createEndpointCallable().call(creation("two")))
                .isInstanceOfSatisfying(ResourceExhaustedException.class, exhausted -> {
                    var retry =
                            Objects.requireNonNull(exhausted.getErrorDetails().getRetryInfo());
                    assertThat(retry.getRetryDelay().getSeconds()).isBetween(1L, 60L);
                });
        fixture.cloud.state().clock().advance(Duration.ofSeconds(61));
        assertThat(client.createEndpointCallable().call(creation("two")).getName())
                .isNotEmpty();
    }

    @Test
    void a_method_takes_its_time() {
        fixture.cloud.faults().latency("GetEndpoint", Duration.ofSeconds(20));

        var context = GrpcCallContext.createDefault().withTimeoutDuration(Duration.ofMillis(300));
        assertThatThrownBy(() -> client.getEndpointCallable()
                        .call(GetEndpointRequest.newBuilder().setName(ENDPOINT).build(), context))
                .isInstanceOf(DeadlineExceededException.class);
        fixture.cloud.faults().reset();
        assertThat(client.getEndpoint(ENDPOINT).getDeployedModelsCount()).isEqualTo(1);
    }

    @Test
    void a_call_without_its_routing_header_is_refused() throws Exception {
        var channel = NettyChannelBuilder.forTarget(fixture.cloud.authority())
                .sslContext(GrpcSslContexts.forClient()
                        .trustManager(fixture.authority.caCertificate())
                        .build())
                .build();
        var headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + fixture.cloud.state().accessToken(OPERATOR));
        var stub = EndpointServiceGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));

        assertThatThrownBy(() -> stub.getEndpoint(
                        GetEndpointRequest.newBuilder().setName(ENDPOINT).build()))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("x-goog-request-params");
        channel.shutdownNow();
    }
}
