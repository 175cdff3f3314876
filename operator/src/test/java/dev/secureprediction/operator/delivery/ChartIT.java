package dev.secureprediction.operator.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.IdentityPoolCredentials;
import dev.secureprediction.operator.api.ApiServer;
import dev.secureprediction.operator.api.Yaml;
import dev.secureprediction.sandbox.cluster.ControlPlane;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart as Helm renders it, against the API server that would take it. */
@ExtendWith(ApiServer.class)
@ResourceLock(ApiServer.LOCK)
final class ChartIT {

    private static final Path GOLDEN = Yaml.TESTS.resolve("chart");
    /** What is linked into the chart is told by its own tests. */
    private static final String[] WITHOUT_FILES = {
        "--set", "crds.enabled=false,admissionPolicies.enabled=false,monitoring.prometheusRule.enabled=false"
    };

    private final ControlPlane cluster;
    private final Helm helm;

    ChartIT(ControlPlane cluster) {
        this.cluster = cluster;
        this.helm = Helm.of(cluster.kubeconfig());
    }

    @BeforeAll
    static void namespaces(ControlPlane cluster, @TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("namespaces.yaml"), """
                apiVersion: v1
                kind: Namespace
                metadata:
                  name: secure-prediction-system
                  labels: {pod-security.kubernetes.io/enforce: restricted, pod-security.kubernetes.io/warn: restricted}
                ---
                apiVersion: v1
                kind: Namespace
                metadata: {name: prediction-gateways-acme-qa}
                ---
                apiVersion: v1
                kind: Namespace
                metadata: {name: prediction-gateways-acme-production}
                """);
        cluster.kubectl("apply", "--server-side", "-f", file.toString()).orThrow();
        // what another class applied on the client's side would be migrated, with a warning
        for (var namespace : new String[] {"prediction-gateways-acme-qa", "prediction-gateways-acme-production"}) {
            cluster.kubectl("delete", "rolebinding", "--all", "--namespace=" + namespace)
                    .orThrow();
        }
        GoModule.PROMETHEUS.serve(
                cluster,
                "example/prometheus-operator-crd/monitoring.coreos.com_podmonitors.yaml",
                "example/prometheus-operator-crd/monitoring.coreos.com_prometheusrules.yaml");
    }

    @ParameterizedTest
    @ValueSource(strings = {"minimal", "everything", "federation"})
    void lintHasNothingToSay(String values) {
        var said = helm.result(
                "lint",
                "--strict",
                Helm.CHART.toString(),
                "--values",
                Helm.values(values).toString());

        assertThat(said.exitCode()).as(said.output()).isZero();
        assertThat(said.output()).doesNotContain("[WARNING]", "[ERROR]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"minimal", "everything", "federation"})
    void rendersWhatItDid(String values) throws IOException {
        var rendered = helm.template(Helm.CHART, Helm.values(values), WITHOUT_FILES);
        var golden = GOLDEN.resolve(values + ".yaml");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, rendered);
        }

        assertThat(rendered).isEqualTo(Files.readString(golden));
        assertThat(helm.template(Helm.CHART, Helm.values(values), WITHOUT_FILES))
                .isEqualTo(rendered);
    }

    @ParameterizedTest
    @ValueSource(strings = {"minimal", "everything", "federation"})
    void theApiServerTakesEveryObject(String values, @TempDir Path folder) throws IOException {
        var own = Helm.objects(helm.template(Helm.CHART, Helm.values(values)));
        var file = folder.resolve("all.json");
        Files.writeString(file, "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":" + own + "}");

        var answer = cluster.kubectl(
                "apply", "--dry-run=server", "--server-side", "--validate=strict", "-f", file.toString());

        assertThat(answer.exitCode()).as(answer.errors()).isZero();
        // a warning would be a field that is not known, or a pod that the restricted profile refuses
        assertThat(answer.errors()).isEmpty();
        assertThat(answer.output().lines()).hasSameSizeAs(own);
    }

    @Test
    void aPackageHoldsDefinitionsAndPoliciesAsTheyAreInTheRepository(@TempDir Path folder) {
        helm.run("package", Helm.CHART.toString(), "--destination", folder.toString());
        var packed = byIdentity(Helm.objects(
                helm.template(folder.resolve("secure-prediction-operator-0.1.0.tgz"), Helm.values("minimal"))));

        for (var file : Yaml.files(Yaml.ROOT.resolve("crds"))) {
            for (var definition : Yaml.documents(file)) {
                var found = find(packed, definition);
                assertThat(found.path("spec")).isEqualTo(definition.path("spec"));
                assertThat(found.at("/metadata/annotations/helm.sh~1resource-policy")
                                .asText())
                        .isEqualTo("keep");
            }
        }
        for (var policy : Yaml.documents(Yaml.ROOT.resolve("operator/src/main/kubernetes/admission.yaml"))) {
            assertThat(find(packed, policy)).isEqualTo(policy);
        }
    }

    /** What integration tests run with, and what the chart installs, is one thing. */
    @Test
    void theChartAndThePlainManifestsAgree() {
        var rendered =
                byIdentity(Helm.objects(helm.template(Helm.CHART, Helm.values("minimal"), "--set", "replicaCount=1")));

        for (var object : Yaml.documents(Yaml.ROOT.resolve("operator/src/main/kubernetes/operator.yaml"))) {
            if (!object.path("kind").asText().equals("Namespace")) {
                assertThat(withoutLabels(find(rendered, object)))
                        .as(identity(object))
                        .isEqualTo(withoutLabels(object));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            installationId= | installationId: expected a name
            installationId=Acme_1 | installationId
            workloadIdentity.gke.serviceAccount= | workloadIdentity: expected gke.serviceAccount on GKE
            workloadIdentity.federation.provider=projects/1/locations/global/workloadIdentityPools/a/providers/b | not both
            image.digest=latest | digest
            crds.install=true | install
            priorityClass.create=true | priorityClass.name: expected
            """)
    void aWrongValueIsTold(String set, String told) {
        var answer = helm.result(
                "template",
                Helm.RELEASE,
                Helm.CHART.toString(),
                "--values",
                Helm.values("minimal").toString(),
                "--set",
                set);

        assertThat(answer.exitCode()).isNotZero();
        assertThat(answer.errors()).contains(told);
    }

    @Test
    void googlesLibraryReadsWhatFederationComesTo() throws IOException {
        var rendered = Helm.objects(helm.template(Helm.CHART, Helm.values("federation")));
        var file = rendered.stream()
                .map(object -> object.at("/data/credentials.json").asText())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElseThrow();

        var credentials = GoogleCredentials.fromStream(new ByteArrayInputStream(file.getBytes(UTF_8)));

        assertThat(credentials).isInstanceOfSatisfying(IdentityPoolCredentials.class, found -> {
            assertThat(found.getServiceAccountEmail())
                    .isEqualTo("secure-prediction-operator@acme-platform.iam.gserviceaccount.com");
            assertThat(found.getTokenUrl()).isEqualTo("https://sts-acme.p.googleapis.com/v1/token");
        });
    }

    private static Map<String, ObjectNode> byIdentity(List<ObjectNode> objects) {
        return objects.stream().collect(Collectors.toMap(ChartIT::identity, Function.identity()));
    }

    private static ObjectNode find(Map<String, ObjectNode> objects, ObjectNode like) {
        return Objects.requireNonNull(objects.get(identity(like)), () -> "the chart has no " + identity(like));
    }

    private static String identity(ObjectNode object) {
        return object.path("kind").asText() + " "
                + object.at("/metadata/namespace").asText() + " "
                + object.at("/metadata/name").asText();
    }

    private static ObjectNode withoutLabels(ObjectNode object) {
        var bare = object.deepCopy();
        ((ObjectNode) bare.path("metadata")).remove("labels");
        return bare;
    }
}
