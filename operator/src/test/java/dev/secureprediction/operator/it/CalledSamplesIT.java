package dev.secureprediction.operator.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.cluster.ControlPlane;
import dev.secureprediction.sandbox.issuer.TokenBuilder;
import dev.secureprediction.sandbox.junit.SandboxTest;
import java.io.IOException;
import java.nio.file.Files;
import java.text.ParseException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Samples that show a task, applied as their pages say and called; only addresses are the sandbox's. */
@SandboxTest
final class CalledSamplesIT {

    private static final String STREAM = Caller.CHAT.replace(":generateContent", ":streamGenerateContent") + "?alt=sse";
    private static final String COMPLETIONS = "/openai/v1/chat/completions";
    private static final String POOL = "projects/100000000002/locations/global/workloadIdentityPools/acme";

    private final Sandbox sandbox;
    private final AppliedSamples samples;

    CalledSamplesIT(Sandbox sandbox) {
        this.sandbox = sandbox;
        samples = new AppliedSamples(Platform.installed(sandbox));
    }

    /** All that is placed in the quick start's environments. */
    @Test
    void whatBuildsOnTheQuickStartIsServed() throws IOException {
        samples.apply(
                "quickstart/00-namespaces.yaml",
                "quickstart/10-environments.yaml",
                "gemini-chat/endpoint.yaml",
                "custom-model/endpoint.yaml",
                "existing-endpoint/endpoint.yaml",
                "fastapi/endpoint.yaml");
        samples.applyText(sandbox.cluster()
                .kubectl(
                        "kustomize",
                        AppliedSamples.SAMPLES.resolve("kustomize/overlays/qa").toString())
                .orThrow());
        var analyst = sandbox.issuer().token("analyst@example.com", Stage.AUDIENCE);
        var scientist = sandbox.issuer().token("scientist@example.com", Stage.AUDIENCE);
        var guest = sandbox.issuer().token("guest@example.com", Stage.AUDIENCE);

        var chat = samples.callerOnceReady("support-qa", "gemini-chat");
        for (var token : List.of(analyst, scientist)) {
            assertThat(chat.chat(Optional.of(token))).isEqualTo(200);
            assertThat(complete(chat, token)).isEqualTo(200);
        }
        assertThat(chat.chat(Optional.of(guest))).isEqualTo(403);

        var assistant = samples.callerOnceReady("support-qa", "assistant");
        assertThat(complete(assistant, analyst)).isEqualTo(200);
        assertThat(assistant.chat(Optional.of(analyst))).isEqualTo(200);

        var overlaid = samples.callerOnceReady("support-qa", "support-chat");
        assertThat(overlaid.chat(Optional.of(analyst))).isEqualTo(200);

        var fraud = samples.callerOnceReady("support-qa", "fraud");
        var rows = "{\"instances\": [{\"amount\": 12}]}";
        var path = "/v1/projects/acme-ml-qa/locations/europe-west4/endpoints/fraud-scores:predict";
        assertThat(fraud.post(path, rows, Optional.of(analyst))).isEqualTo(200);
        assertThat(fraud.post(path, rows, Optional.of(guest))).isEqualTo(403);

        var churn = samples.callerOnceReady("support-qa", "churn");
        var status = samples.endpoint("support-qa", "churn").orElseThrow().getStatus();
        var made = Objects.requireNonNull(status.endpoint(), "no endpoint in status")
                .name();
        assertThat(churn.post("/v1/" + made + ":predict", rows, Optional.of(analyst)))
                .isEqualTo(200);

        for (var name : List.of("gemini-chat", "assistant", "support-chat", "fraud", "churn")) {
            samples.remove("support-qa", name);
        }
    }

    @Test
    void aWorkloadNeedsNoSecret() throws IOException {
        samples.apply(
                "kubernetes-workload/00-namespaces.yaml",
                "kubernetes-workload/10-environment.yaml",
                "kubernetes-workload/20-endpoint.yaml");
        samples.applyText(Files.readString(AppliedSamples.SAMPLES.resolve("kubernetes-workload/30-workload.yaml"))
                .split("---\n", -1)[0]); // its account; the job's image is not here
        var caller = samples.callerOnceReady("reports", "summaries");

        assertThat(caller.chat(workload("nightly", "api://prediction-workloads")))
                .isEqualTo(200);
        assertThat(caller.chat(workload("default", "api://prediction-workloads")))
                .isEqualTo(403);
        assertThat(caller.chat(workload("nightly", ControlPlane.ISSUER))).isEqualTo(401);
        samples.remove("reports", "summaries");
    }

    /** What a platform team shows: who comes in by which claims, from which cluster, and under which rules. */
    @Test
    void whatAPlatformTeamSetsUpIsServed() {
        sandbox.cloud().state().trustPool(POOL + "/providers/cluster-a", ControlPlane.ISSUER, () -> keys(sandbox));
        for (var sample : List.of("okta", "federation")) {
            samples.apply(
                    sample + "/00-namespaces.yaml", sample + "/10-environment.yaml", sample + "/20-endpoint.yaml");
        }
        samples.apply(
                "platform-team/00-namespaces.yaml",
                "platform-team/10-environments.yaml",
                "platform-team/20-quotas.yaml",
                "platform-team/40-endpoint.yaml");

        var search = samples.callerOnceReady("search", "search");
        assertThat(search.post(STREAM, Caller.BODY, person(Stage.AUDIENCE, "ml-analysts-qa", "prediction.call")))
                .isEqualTo(200);
        assertThat(search.chat(person(Stage.AUDIENCE, "ml-analysts-qa", "openid")))
                .as("without the scope")
                .isEqualTo(403);
        var service = token(Stage.AUDIENCE)
                .withoutClaim("groups")
                .claim("cid", "0oaqa7indexer")
                .claim("scp", List.of("prediction.call"));
        assertThat(search.chat(Optional.of(service.build()))).isEqualTo(200);
        assertThat(search.post(STREAM, Caller.BODY, Optional.of(service.build())))
                .isEqualTo(403);

        var plant = samples.callerOnceReady("plant", "manuals");
        assertThat(plant.chat(person("api://prediction-onprem", "plant-technicians", "openid")))
                .isEqualTo(200);
        assertThat(plant.chat(person("api://prediction-onprem", "others", "openid")))
                .isEqualTo(403);

        var invoices = samples.callerOnceReady("billing-test", "invoices");
        assertThat(invoices.chat(person("api://prediction-test", "billing-clerks-test", "openid")))
                .isEqualTo(200);
        assertThat(invoices.chat(person("api://prediction-live", "billing-clerks-test", "openid")))
                .as("a token for live")
                .isEqualTo(401);

        samples.remove("search", "search");
        samples.remove("plant", "manuals");
        samples.remove("billing-test", "invoices");
    }

    private static int complete(Caller caller, String token) {
        return caller.post(
                COMPLETIONS,
                "{\"model\": \"google/gemini-2.5-flash\", \"stream\": true, \"messages\": [{\"role\": \"user\", \"content\": \"hello\"}]}",
                Optional.of(token));
    }

    private Optional<String> person(String audience, String group, String scope) {
        return Optional.of(token(audience)
                .claim("groups", List.of(group))
                .claim("scp", List.of(scope))
                .build());
    }

    private TokenBuilder token(String audience) {
        return sandbox.issuer().newToken().subject("00u-someone").audience(audience);
    }

    private Optional<String> workload(String account, String audience) {
        return Optional.of(sandbox.cluster()
                .kubectl("create", "token", account, "-n", "reports", "--audience", audience)
                .orThrow()
                .strip());
    }

    private static JWKSet keys(Sandbox sandbox) {
        try {
            return JWKSet.parse(sandbox.client().raw("/openid/v1/jwks"));
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }
}
