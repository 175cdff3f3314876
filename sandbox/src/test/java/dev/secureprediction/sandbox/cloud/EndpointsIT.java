package dev.secureprediction.sandbox.cloud;

import static dev.secureprediction.sandbox.cloud.CloudFixture.ADMINISTRATOR;
import static dev.secureprediction.sandbox.cloud.CloudFixture.CHURN;
import static dev.secureprediction.sandbox.cloud.CloudFixture.LOCATION;
import static dev.secureprediction.sandbox.cloud.CloudFixture.NUMBER;
import static dev.secureprediction.sandbox.cloud.CloudFixture.OPERATOR;
import static dev.secureprediction.sandbox.cloud.CloudFixture.creation;
import static dev.secureprediction.sandbox.cloud.CloudFixture.deployment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.api.gax.rpc.FailedPreconditionException;
import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.api.gax.rpc.PermissionDeniedException;
import com.google.cloud.aiplatform.v1.DeleteEndpointRequest;
import com.google.cloud.aiplatform.v1.Endpoint;
import com.google.cloud.aiplatform.v1.EndpointServiceClient;
import com.google.cloud.aiplatform.v1.ListEndpointsRequest;
import com.google.cloud.aiplatform.v1.UndeployModelRequest;
import com.google.protobuf.FieldMask;
import com.google.rpc.Code;
import dev.secureprediction.sandbox.cloud.vertex.OperationKind;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Endpoints and deployments, by Google's own client over TLS. */
@Timeout(60)
class EndpointsIT {
    private static final String ENDPOINT = LOCATION + "/endpoints/churn";

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
    void live_from_creation_to_removal() throws Exception {
        Endpoint serving = fixture.servingEndpoint("churn");

        assertThat(serving.getName()).isEqualTo("projects/" + NUMBER + "/locations/europe-west4/endpoints/churn");
        assertThat(serving.getDeployedModelsList()).singleElement().satisfies(model -> {
            assertThat(model.getModel()).endsWith("/models/1234567890");
            assertThat(model.getModelVersionId()).isEqualTo("17");
            assertThat(serving.getTrafficSplitMap()).containsOnlyKeys(model.getId());
        });

        String deployed = serving.getDeployedModels(0).getId();
        fixture.done(
                client,
                client.undeployModelCallable()
                        .call(UndeployModelRequest.newBuilder()
                                .setEndpoint(ENDPOINT)
                                .setDeployedModelId(deployed)
                                .build()));
        assertThat(client.getEndpoint(ENDPOINT).getTrafficSplitMap()).isEmpty();
        fixture.done(client, client.deleteEndpointCallable().call(deletion()));
        assertThatThrownBy(() -> client.getEndpoint(ENDPOINT)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void are_there_only_when_the_operation_is_done() {
        fixture.cloud.state().operations().takes(OperationKind.CREATE_ENDPOINT, Duration.ofMinutes(30));

        var operation = client.createEndpointCallable().call(creation("churn"));

        assertThat(operation.getDone()).isFalse();
        assertThatThrownBy(() -> client.getEndpoint(ENDPOINT)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> client.createEndpointCallable().call(creation("churn")))
                .isInstanceOf(AlreadyExistsException.class);
        fixture.cloud.state().clock().advance(Duration.ofMinutes(30));
        assertThat(client.getOperationsClient()
                        .getOperation(operation.getName())
                        .getDone())
                .isTrue();
        assertThat(client.getEndpoint(ENDPOINT).getDisplayName()).isEqualTo("churn");
        var ours = ListEndpointsRequest.newBuilder().setParent(LOCATION).setFilter("labels.owner=sandbox");
        assertThat(client.listEndpoints(ours.build()).iterateAll()).hasSize(1);
        assertThat(client.listEndpoints(LOCATION).iterateAll()).hasSize(2);
    }

    @Test
    void stay_while_a_model_is_on_them_or_on_its_way() throws Exception {
        fixture.done(client, client.createEndpointCallable().call(creation("churn")));
        fixture.cloud.state().operations().takes(OperationKind.DEPLOY_MODEL, Duration.ofMinutes(30));

        client.deployModelCallable().call(deployment(ENDPOINT));

        assertThatThrownBy(() -> client.deleteEndpointCallable().call(deletion()))
                .isInstanceOf(FailedPreconditionException.class)
                .hasMessageContaining("has deployed or being-deployed DeployedModel(s)");
        fixture.cloud.state().clock().advance(Duration.ofMinutes(30));
        assertThatThrownBy(() -> client.deleteEndpointCallable().call(deletion()))
                .isInstanceOf(FailedPreconditionException.class);
    }

    @Test
    void take_no_second_model_under_the_id_of_one_on_its_way() throws Exception {
        fixture.done(client, client.createEndpointCallable().call(creation("churn")));
        fixture.cloud.state().operations().takes(OperationKind.DEPLOY_MODEL, Duration.ofMinutes(30));
        var named = deployment(ENDPOINT).toBuilder();
        named.getDeployedModelBuilder().setId("4711");
        client.deployModelCallable().call(named.build());

        assertThatThrownBy(() -> client.deployModelCallable().call(named.build()))
                .isInstanceOf(AlreadyExistsException.class);
        fixture.cloud.state().clock().advance(Duration.ofMinutes(30));
        assertThat(client.getEndpoint(ENDPOINT).getDeployedModelsList()).hasSize(1);
    }

    @Test
    void keep_a_model_that_has_traffic() throws Exception {
        fixture.servingEndpoint("churn");
        var second = deployment(ENDPOINT).toBuilder().clearTrafficSplit().build();
        fixture.done(client, client.deployModelCallable().call(second));
        Endpoint endpoint = client.getEndpoint(ENDPOINT);
        String old = endpoint.getTrafficSplitMap().keySet().iterator().next();
        String idle = endpoint.getDeployedModelsList().stream()
                .map(model -> model.getId())
                .filter(id -> !id.equals(old))
                .findFirst()
                .orElseThrow();
        var undeploy = UndeployModelRequest.newBuilder().setEndpoint(ENDPOINT).setDeployedModelId(old);

        assertThatThrownBy(() -> client.undeployModelCallable().call(undeploy.build()))
                .isInstanceOf(FailedPreconditionException.class);
        assertThatThrownBy(() -> client.undeployModelCallable()
                        .call(undeploy.clone().putTrafficSplit(idle, 90).build()))
                .isInstanceOf(InvalidArgumentException.class);
        fixture.done(
                client,
                client.undeployModelCallable()
                        .call(undeploy.putTrafficSplit(idle, 100).build()));

        assertThat(client.getEndpoint(ENDPOINT).getTrafficSplitMap()).containsOnlyKeys(idle);
    }

    @Test
    void are_changed_through_a_mask() throws Exception {
        fixture.done(client, client.createEndpointCallable().call(creation("churn")));
        Endpoint wanted = Endpoint.newBuilder()
                .setName(ENDPOINT)
                .setDisplayName("ignored, for the mask does not name it")
                .putLabels("team", "support")
                .build();

        Endpoint updated = client.updateEndpoint(
                wanted, FieldMask.newBuilder().addPaths("labels").build());

        assertThat(updated.getDisplayName()).isEqualTo("churn");
        assertThat(updated.getLabelsMap()).containsOnlyKeys("team");
        assertThatThrownBy(() -> client.updateEndpoint(
                        wanted,
                        FieldMask.newBuilder().addPaths("encryption_spec").build()))
                .isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void refuse_what_google_refuses() {
        var upperCase = creation("churn").toBuilder();
        upperCase.getEndpointBuilder().putLabels("Owner", "x");
        var key = creation("churn").toBuilder();
        key.getEndpointBuilder()
                .getEncryptionSpecBuilder()
                .setKmsKeyName("projects/acme-ml-qa/locations/us-central1/keyRings/r/cryptoKeys/k");

        assertThatThrownBy(() -> client.createEndpointCallable().call(creation("9-starts-with-a-digit")))
                .isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> client.createEndpointCallable().call(upperCase.build()))
                .isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> client.createEndpointCallable().call(key.build()))
                .isInstanceOf(InvalidArgumentException.class);
    }

    @Test
    void report_an_operation_that_fails() throws Exception {
        fixture.done(client, client.createEndpointCallable().call(creation("churn")));
        fixture.cloud.state().operations().failNext(OperationKind.DEPLOY_MODEL, Code.RESOURCE_EXHAUSTED);

        var failed = fixture.done(client, client.deployModelCallable().call(deployment(ENDPOINT)));

        assertThat(failed.getError().getCode()).isEqualTo(Code.RESOURCE_EXHAUSTED_VALUE);
        assertThat(client.getEndpoint(ENDPOINT).getDeployedModelsList()).isEmpty();
    }

    @Test
    void deploy_versions_that_the_registry_describes() throws Exception {
        var models = fixture.models(OPERATOR);

        assertThat(models.getModel(CHURN).getLabelsMap())
                .containsEntry("secure-prediction-fingerprint", "9f2c41d07be85a63");
        assertThat(models.getModel(LOCATION + "/models/1234567890").getVersionId())
                .isEqualTo("18");
        assertThatThrownBy(() -> models.getModel(LOCATION + "/models/1234567890@19"))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void are_out_of_reach_for_whoever_lacks_the_permission() throws Exception {
        fixture.servingEndpoint("churn");
        var stranger = fixture.endpoints("user:mallory@example.com");

        assertThatThrownBy(() -> stranger.getEndpoint(ENDPOINT))
                .isInstanceOfSatisfying(PermissionDeniedException.class, denied -> {
                    assertThat(denied.getReason()).isEqualTo("IAM_PERMISSION_DENIED");
                    assertThat(denied.getMetadata()).containsEntry("permission", "aiplatform.endpoints.get");
                    assertThat(denied).hasMessageContaining("denied on resource");
                    assertThat(denied).hasMessageContaining("(or it may not exist)");
                });
        assertThatThrownBy(() -> stranger.getEndpoint(LOCATION + "/endpoints/none"))
                .isInstanceOf(PermissionDeniedException.class);
    }

    @Test
    void leave_a_trace_of_every_call() throws Exception {
        var before = fixture.cloud.state().clock().instant();
        fixture.servingEndpoint("churn");
        var settled = fixture.cloud.state().clock().instant();
        client.getEndpoint(ENDPOINT);

        assertThat(fixture.cloud.calls().mutatingSince(before))
                .extracting(call -> call.simpleMethod())
                .containsExactly("CreateEndpoint", "DeployModel");
        assertThat(fixture.cloud.calls().mutatingSince(settled)).isEmpty();
        assertThat(fixture.cloud.calls().of("GetEndpoint")).last().satisfies(call -> {
            assertThat(call.principal()).isEqualTo(OPERATOR);
            assertThat(call.resource()).isEqualTo(ENDPOINT);
            assertThat(call.code()).isEqualTo(Code.OK);
        });
        assertThat(fixture.endpoints(ADMINISTRATOR).getEndpoint(ENDPOINT).getDeployedModelsCount())
                .isEqualTo(1);
    }

    private static DeleteEndpointRequest deletion() {
        return DeleteEndpointRequest.newBuilder().setName(ENDPOINT).build();
    }
}
