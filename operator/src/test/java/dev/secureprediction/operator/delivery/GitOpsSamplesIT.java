package dev.secureprediction.operator.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.secureprediction.operator.api.ApiServer;
import dev.secureprediction.operator.api.Yaml;
import dev.secureprediction.sandbox.cluster.ControlPlane;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples for Argo CD and Flux, against the definitions of those tools. */
@ExtendWith(ApiServer.class)
@ResourceLock(ApiServer.LOCK)
final class GitOpsSamplesIT {

    private static final Path SAMPLES = Yaml.ROOT.resolve("samples");
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);

    private final ControlPlane cluster;

    GitOpsSamplesIT(ControlPlane cluster) {
        this.cluster = cluster;
    }

    @BeforeAll
    static void definitions(ControlPlane cluster) {
        GoModule.ARGO_CD.serve(
                cluster,
                "manifests/crds/application-crd.yaml",
                "manifests/crds/applicationset-crd.yaml",
                "manifests/crds/appproject-crd.yaml");
        GoModule.FLUX.serve(cluster, "config/crd/bases/kustomize.toolkit.fluxcd.io_kustomizations.yaml");
        for (var namespace : List.of("argocd", "flux-system")) {
            if (cluster.kubectl("get", "namespace", namespace).exitCode() != 0) {
                cluster.kubectl("create", "namespace", namespace).orThrow();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "argocd/project.yaml",
                "argocd/applicationset.yaml",
                "argocd/environments.yaml",
                "flux/kustomizations.yaml"
            })
    void everyFieldIsKnown(String file) {
        var answer = cluster.kubectl(
                "apply",
                "--dry-run=server",
                "--validate=strict",
                "-f",
                SAMPLES.resolve(file).toString());

        assertThat(answer.exitCode()).as(answer.errors()).isZero();
        assertThat(answer.errors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"qa", "staging", "production"})
    void anEndpointIsDeletedOnlyAfterAPersonSaidSo(String environment) {
        var rendered = Helm.objects(cluster.kubectl(
                        "kustomize",
                        SAMPLES.resolve("argocd/overlays").resolve(environment).toString())
                .orThrow());

        assertThat(rendered).singleElement().satisfies(endpoint -> {
            assertThat(endpoint.at("/metadata/namespace").asText()).isEqualTo("support-" + environment);
            assertThat(endpoint.at("/metadata/annotations/argocd.argoproj.io~1sync-options")
                            .asText())
                    .isEqualTo("Prune=confirm,Delete=confirm");
        });
    }

    /** Flux asks in this order, and takes the first that holds. */
    @Test
    void fluxComesToTheSameAsItsOwnCheck() {
        var endpoints = Yaml.files(Yaml.TESTS.resolve("argocd")).stream()
                .flatMap(file -> Yaml.documents(file).stream())
                .filter(object -> object.path("kind").asText().equals("SecurePredictionEndpoint"))
                .filter(object -> object.at("/metadata/deletionTimestamp").isMissingNode())
                .toList();
        var kstatus = new ArgoCd().look(ArgoCd.settings(), endpoints, "");
        for (var kustomization : Yaml.documents(SAMPLES.resolve("flux/kustomizations.yaml"))) {
            var check = kustomization.at("/spec/healthCheckExprs/0");
            for (int i = 0; i < endpoints.size(); i++) {
                assertThat(verdict(check, endpoints.get(i)))
                        .as(endpoints.get(i).toString())
                        .isEqualTo(kstatus.get(i).path("kstatus").asText());
            }
        }
    }

    private static String verdict(JsonNode check, JsonNode object) {
        if (holds(check, "inProgress", object)) {
            return "InProgress";
        }
        if (holds(check, "failed", object)) {
            return "Failed";
        }
        return holds(check, "current", object) ? "Current" : "InProgress";
    }

    private static boolean holds(JsonNode check, String name, JsonNode object) {
        var map = MapType.create(SimpleType.STRING, SimpleType.DYN);
        var cel = CelFactory.plannerCelBuilder()
                .setOptions(CelOptions.current()
                        .enableHeterogeneousNumericComparisons(true)
                        .build())
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addVar("metadata", map)
                .addVar("status", map)
                .build();
        try {
            var program =
                    cel.createProgram(cel.compile(check.path(name).asText()).getAst());
            return (Boolean) program.eval(Map.of(
                    "metadata", value(object.path("metadata")),
                    "status", value(object.path("status"))));
        } catch (CelValidationException | CelEvaluationException e) {
            throw new AssertionError(check.path(name).asText(), e);
        }
    }

    private static Map<String, Object> value(JsonNode node) {
        return JSON.convertValue(node, new TypeReference<>() {});
    }
}
