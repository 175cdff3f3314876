package dev.secureprediction.operator.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.secureprediction.operator.api.ApiServer;
import dev.secureprediction.sandbox.cluster.ControlPlane;
import dev.secureprediction.sandbox.junit.GoProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pipelines check without a cluster: renders of the chart by kubeconform, with schemas that a live API server publishes, ours among them. */
@ExtendWith(ApiServer.class)
@ResourceLock(ApiServer.LOCK)
final class KubeconformIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path schemas;

    private final Helm helm;
    private final GoProgram kubeconform =
            GoProgram.provide("kubeconform", "github.com/yannh/kubeconform/cmd/kubeconform", "");

    KubeconformIT(ControlPlane cluster) {
        this.helm = Helm.of(cluster.kubeconfig());
    }

    @BeforeAll
    static void export(ControlPlane cluster) {
        GoModule.PROMETHEUS.serve(
                cluster,
                "example/prometheus-operator-crd/monitoring.coreos.com_podmonitors.yaml",
                "example/prometheus-operator-crd/monitoring.coreos.com_prometheusrules.yaml");
        // definitions are published a moment after they are served
        await().atMost(Duration.ofMinutes(2))
                .until(() -> published(cluster, "apis/secureprediction.dev/v1alpha1")
                        && published(cluster, "apis/monitoring.coreos.com/v1"));
        paths(cluster).properties().forEach(path -> write(raw(cluster, "/openapi/v3/" + path.getKey())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"minimal", "everything", "federation"})
    void everyObjectOfTheChartIsValid(String values) {
        var rendered = helm.template(Helm.CHART, Helm.values(values));

        var said = check(rendered);

        assertThat(said.exitCode()).as(said.output()).isZero();
        assertThat(said.output())
                .contains("%d resources".formatted(Helm.objects(rendered).size()))
                .contains("Invalid: 0, Errors: 0, Skipped: 0");
    }

    @Test
    void aMisspeltFieldIsFoundInEitherKindOfResource() {
        var ours = """
                apiVersion: secureprediction.dev/v1alpha1
                kind: SecurePredictionEndpoint
                metadata: {name: chat}
                spec:
                  environmentRef: {name: qa}
                  contract:
                    model: {publisher: {publisher: google, name: gemini-2.5-flash}}
                    access: {rolls: []}
                """;
        var theirs = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {selecter: {}}\n";

        assertThat(check(ours).output()).contains("rolls");
        assertThat(check(theirs).output()).contains("selecter");
    }

    private GoProgram.Result check(String yaml) {
        return kubeconform.run(
                builder -> {},
                yaml,
                List.of(
                        "-strict",
                        "-summary",
                        "-schema-location",
                        schemas + "/{{.Group}}_{{.ResourceAPIVersion}}_{{.ResourceKind}}.json",
                        "-"));
    }

    private static boolean published(ControlPlane cluster, String path) {
        return paths(cluster).has(path);
    }

    private static JsonNode paths(ControlPlane cluster) {
        return raw(cluster, "/openapi/v3").path("paths");
    }

    private static JsonNode raw(ControlPlane cluster, String path) {
        try {
            return JSON.readTree(cluster.kubectl("get", "--raw", path).orThrow());
        } catch (IOException e) {
            throw new AssertionError(path, e);
        }
    }

    /** A file for each kind of a document, closed to fields that it does not name. */
    private static void write(JsonNode document) {
        if (!(document.path("components").path("schemas") instanceof ObjectNode all)) {
            return; // paths without objects
        }
        all.forEach(KubeconformIT::close);
        all.properties()
                .forEach(named -> named.getValue()
                        .path("x-kubernetes-group-version-kind")
                        .forEach(kind -> write(all, named.getKey(), kind)));
    }

    private static void write(ObjectNode all, String name, JsonNode kind) {
        var version = kind.path("version").asText();
        var group = kind.path("group").asText();
        var schema = JSON.createObjectNode().put("$ref", "#/components/schemas/" + name);
        schema.putObject("components").set("schemas", all);
        try {
            Files.writeString(
                    schemas.resolve("%s_%s_%s.json"
                            .formatted(
                                    group.isEmpty() ? version : group, // as kubeconform calls the core group
                                    version,
                                    kind.path("kind").asText().toLowerCase(Locale.ROOT))),
                    schema.toString());
        } catch (IOException e) {
            throw new AssertionError(name, e);
        }
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && object.has("properties")
                && !object.has("additionalProperties")
                && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
            object.put("additionalProperties", false);
        }
        schema.forEach(KubeconformIT::close);
    }
}
