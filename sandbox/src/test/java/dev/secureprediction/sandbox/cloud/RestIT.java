package dev.secureprediction.sandbox.cloud;

import static dev.secureprediction.sandbox.cloud.CloudFixture.ADMINISTRATOR;
import static dev.secureprediction.sandbox.cloud.CloudFixture.LOCATION;
import static dev.secureprediction.sandbox.cloud.CloudFixture.NUMBER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.secureprediction.sandbox.cloud.Rest.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The requests that gcloud and Python's REST transport were seen to make, quirks included. */
@Timeout(60)
class RestIT {
    private static final String PROJECT = "/v1/projects/acme-ml-qa";
    private static final String EMAIL = "from-gcloud@acme-ml-qa.iam.gserviceaccount.com";
    private static final String ENDPOINTS = "/v1/" + LOCATION + "/endpoints";

    private CloudFixture fixture;
    private Rest gcloud;

    @BeforeEach
    void start() {
        fixture = new CloudFixture();
        gcloud = new Rest(fixture, ADMINISTRATOR);
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void service_accounts() throws Exception {
        Answer made = gcloud.post(
                PROJECT + "/serviceAccounts?alt=json",
                "{\"accountId\": \"from-gcloud\", \"serviceAccount\": {\"displayName\": \"one\"}}");
        assertThat(made.status()).isEqualTo(200);
        assertThat(made.text("/email")).isEqualTo(EMAIL);
        assertThat(gcloud.get(PROJECT + "/serviceAccounts?alt=json&pageSize=100")
                        .body()
                        .at("/accounts"))
                .hasSize(2);
        assertThat(gcloud.get("/v1/projects/-/serviceAccounts/" + EMAIL + "?alt=json")
                        .text("/displayName"))
                .isEqualTo("one");
        Answer patched = gcloud.patch(
                PROJECT + "/serviceAccounts/" + EMAIL + "?alt=json",
                "{\"serviceAccount\": {\"displayName\": \"two\"}, \"updateMask\": \"displayName\"}");
        assertThat(patched.text("/displayName")).isEqualTo("two");
        assertThat(gcloud.post(PROJECT + "/serviceAccounts/" + EMAIL + ":disable?alt=json", "{}")
                        .status())
                .isEqualTo(200);
        assertThat(gcloud.get("/v1/projects/-/serviceAccounts/" + EMAIL + "/keys?alt=json")
                        .body()
                        .at("/keys"))
                .hasSize(1);
        assertThat(gcloud.delete("/v1/projects/-/serviceAccounts/" + EMAIL + "?alt=json")
                        .status())
                .isEqualTo(200);
        assertThat(gcloud.get(PROJECT + "/serviceAccounts/" + EMAIL + "?alt=json")
                        .text("/error/status"))
                .isEqualTo("NOT_FOUND");
    }

    @Test
    void policies_of_service_accounts() throws Exception {
        String account = "/v1/projects/-/serviceAccounts/spe-operator@acme-ml-qa.iam.gserviceaccount.com";
        Answer before = gcloud.post(account + ":getIamPolicy?alt=json&options.requestedPolicyVersion=3", "");
        assertThat(before.text("/bindings/0/role")).isEqualTo("roles/iam.serviceAccountTokenCreator");

        Answer after = gcloud.post(account + ":setIamPolicy?alt=json", """
                {"policy": {"version": 3, "etag": "%s", "bindings": [
                  {"role": "roles/iam.workloadIdentityUser", "members": ["user:a@example.com"]}]}}""".formatted(before.text("/etag")));
        assertThat(after.text("/bindings/0/role")).isEqualTo("roles/iam.workloadIdentityUser");

        Answer stale = gcloud.post(
                account + ":setIamPolicy?alt=json",
                "{\"policy\": {\"version\": 3, \"etag\": \"" + before.text("/etag") + "\"}}");
        assertThat(stale.status()).isEqualTo(409);
        assertThat(stale.text("/error/status")).isEqualTo("ABORTED");
        assertThat(stale.text("/error/message")).startsWith("There were concurrent policy changes.");
    }

    @Test
    void roles() throws Exception {
        assertThat(gcloud.post(
                                "/v1/permissions:queryTestablePermissions?alt=json",
                                "{\"fullResourceName\": \"//cloudresourcemanager.googleapis.com/projects/acme-ml-qa\", \"pageSize\": 1000}")
                        .body()
                        .at("/permissions")
                        .findValuesAsText("name"))
                .contains("aiplatform.endpoints.predict", "iam.roles.get");
        Answer made = gcloud.post(PROJECT + "/roles?alt=json", """
                {"roleId": "caller", "role": {"title": "caller", "includedPermissions": ["aiplatform.endpoints.predict"]}}""");
        assertThat(made.text("/name")).isEqualTo("projects/acme-ml-qa/roles/caller");
        assertThat(gcloud.post(PROJECT + "/roles?alt=json", "{\"roleId\": \"with-hyphen\", \"role\": {}}")
                        .text("/error/status"))
                .isEqualTo("INVALID_ARGUMENT");
        Answer updated = gcloud.patch(
                PROJECT + "/roles/caller?alt=json&updateMask=includedPermissions",
                "{\"etag\": \"" + made.text("/etag")
                        + "\", \"includedPermissions\": [\"aiplatform.endpoints.predict\", \"aiplatform.endpoints.get\"]}");
        assertThat(updated.body().at("/includedPermissions")).hasSize(2);
        assertThat(gcloud.get(PROJECT + "/roles?alt=json&pageSize=100&showDeleted=False")
                        .body()
                        .at("/roles"))
                .hasSize(4);
        assertThat(gcloud.delete(PROJECT + "/roles/caller?alt=json").text("/deleted"))
                .isEqualTo("true");
        assertThat(gcloud.post(PROJECT + "/roles/caller:undelete?alt=json", "{}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void projects() throws Exception {
        assertThat(gcloud.get(PROJECT + "?alt=json").text("/projectNumber")).isEqualTo(NUMBER);
        for (String version : List.of("v1", "v3")) {
            Answer policy = gcloud.post(
                    "/" + version + "/projects/acme-ml-qa:getIamPolicy?alt=json",
                    "{\"options\": {\"requestedPolicyVersion\": 3}}");
            assertThat(policy.text("/version")).as(version).isEqualTo("3");
            Answer same = gcloud.post(
                    "/" + version + "/projects/acme-ml-qa:setIamPolicy?alt=json",
                    "{\"policy\": " + policy.body() + "}");
            assertThat(same.body().at("/bindings"))
                    .as(version)
                    .isEqualTo(policy.body().at("/bindings"));
        }
        Answer tested = gcloud.post(
                "/v3/projects/acme-ml-qa:testIamPermissions?%24alt=json%3Benum-encoding%3Dint",
                "{\"permissions\": [\"resourcemanager.projects.get\"]}");
        assertThat(tested.text("/permissions/0")).isEqualTo("resourcemanager.projects.get");
    }

    @Test
    void endpoints() throws Exception {
        Answer creating = gcloud.post(ENDPOINTS + "?alt=json&endpointId=one", "{\"displayName\": \"one\"}");
        assertThat(creating.text("/metadata/@type"))
                .isEqualTo("type.googleapis.com/google.cloud.aiplatform.v1.CreateEndpointOperationMetadata");
        Answer created = done("/v1beta1/", creating);
        assertThat(created.text("/response/name"))
                .isEqualTo("projects/" + NUMBER + "/locations/europe-west4/endpoints/one");

        assertThat(gcloud.get("/v1/" + LOCATION + "/models/1234567890@17?alt=json")
                        .text("/labels/secure-prediction-fingerprint"))
                .isEqualTo("9f2c41d07be85a63");
        Answer deploying = gcloud.post(ENDPOINTS + "/one:deployModel?alt=json", """
                {"deployedModel": {"model": "%s/models/1234567890@17", "dedicatedResources":
                   {"machineSpec": {"machineType": "n1-standard-4"}, "minReplicaCount": 1}},
                 "trafficSplit": {"0": 100}}""".formatted(LOCATION));
        String deployed = done("/ui/", deploying).text("/response/deployedModel/id");

        Answer updated =
                gcloud.patch(ENDPOINTS + "/one?alt=json&updateMask=display_name", "{\"displayName\": \"uno\"}");
        assertThat(updated.text("/displayName")).isEqualTo("uno");
        assertThat(updated.body().has("encryptionSpec")).isFalse();
        assertThat(gcloud.get(ENDPOINTS + "?alt=json&pageSize=100").body().at("/endpoints"))
                .hasSize(2);
        assertThat(gcloud.get("/v1beta1/" + LOCATION + "/endpoints/one?%24alt=json%3Benum-encoding%3Dint")
                        .text("/trafficSplit/" + deployed))
                .isEqualTo("100");
        assertThat(gcloud.delete(ENDPOINTS + "/one?alt=json").text("/error/status"))
                .isEqualTo("FAILED_PRECONDITION");
        done(
                "/v1beta1/",
                gcloud.post(ENDPOINTS + "/one:undeployModel?alt=json", "{\"deployedModelId\": \"" + deployed + "\"}"));
        done("/v1beta1/", gcloud.delete(ENDPOINTS + "/one?alt=json"));
        assertThat(gcloud.get(ENDPOINTS + "/one?alt=json").status()).isEqualTo(404);
    }

    @Test
    void policies_of_endpoints_have_no_v1() throws Exception {
        String endpoint = LOCATION + "/endpoints/fraud-scores";
        for (String version : List.of("v1beta1", "ui")) {
            Answer read = gcloud.post("/" + version + "/" + endpoint + ":getIamPolicy", "");
            assertThat(read.text("/etag")).as(version).isEqualTo("ACAB");
        }
        Answer set = gcloud.post("/v1beta1/" + endpoint + ":setIamPolicy", """
                {"policy": {"etag": "ACAB", "bindings": [
                  {"role": "projects/acme-ml-qa/roles/securePredictionInvoker", "members": ["user:a@example.com"]}]}}""");
        assertThat(set.text("/bindings/0/members/0")).isEqualTo("user:a@example.com");
        Answer tested = new Rest(fixture, "user:a@example.com")
                .post(
                        "/v1beta1/" + endpoint
                                + ":testIamPermissions?permissions=aiplatform.endpoints.predict&permissions=aiplatform.endpoints.delete",
                        "");
        assertThat(tested.body().at("/permissions")).hasSize(1);
        assertThat(gcloud.post("/v1/" + endpoint + ":getIamPolicy", "").status())
                .isIn(404, 405);
        Answer body = gcloud.post("/v1beta1/" + endpoint + ":testIamPermissions", "{\"permissions\": [\"a.b.c\"]}");
        assertThat(body.text("/error/message")).startsWith("Invalid JSON payload received.");
    }

    @Test
    void workload_identity_pools() throws Exception {
        String pools = "/v1/projects/acme-platform/locations/global/workloadIdentityPools";
        assertThat(gcloud.post(pools + "?alt=json&workloadIdentityPoolId=clusters", "{\"displayName\": \"clusters\"}")
                        .text("/response/state"))
                .isEqualTo("ACTIVE");
        Answer provider = gcloud.post(
                pools + "/clusters/providers?alt=json&workloadIdentityPoolProviderId=cluster-a",
                "{\"oidc\": {\"issuerUri\": \"https://cluster.example.com\"}}");
        assertThat(provider.text("/response/name"))
                .isEqualTo("projects/100000000001/locations/global/workloadIdentityPools/clusters/providers/cluster-a");
        assertThat(gcloud.get(pools + "/clusters/providers?alt=json").body().at("/workloadIdentityPoolProviders"))
                .hasSize(1);
        assertThat(gcloud.get(pools + "/clusters?alt=json").text("/displayName"))
                .isEqualTo("clusters");
        assertThat(gcloud.delete(pools + "/clusters?alt=json").text("/response/state"))
                .isEqualTo("DELETED");
        assertThat(gcloud.get(pools + "?alt=json&pageSize=100&showDeleted=False")
                        .body()
                        .at("/workloadIdentityPools"))
                .isEmpty();
    }

    @Test
    void refusals_have_googles_shape() throws Exception {
        Answer denied = new Rest(fixture, "user:mallory@example.com").get(ENDPOINTS + "/fraud-scores");
        assertThat(denied.status()).isEqualTo(403);
        assertThat(denied.text("/error/code")).isEqualTo("403");
        assertThat(denied.text("/error/status")).isEqualTo("PERMISSION_DENIED");
        assertThat(denied.text("/error/details/0/@type")).isEqualTo("type.googleapis.com/google.rpc.ErrorInfo");
        assertThat(denied.text("/error/details/0/reason")).isEqualTo("IAM_PERMISSION_DENIED");

        Answer garbled = gcloud.post(ENDPOINTS + "?endpointId=two", "{\"displayNaem\": \"two\"}");
        assertThat(garbled.text("/error/status")).isEqualTo("INVALID_ARGUMENT");

        fixture.cloud.state().tokens().revokeAll();
        Answer unknown = gcloud.get(ENDPOINTS + "/fraud-scores");
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.text("/error/status")).isEqualTo("UNAUTHENTICATED");
    }

    private Answer done(String version, Answer operation) {
        return await().atMost(Duration.ofSeconds(40))
                .until(
                        () -> gcloud.get(version + operation.text("/name")),
                        a -> a.body().at("/done").asBoolean());
    }
}
