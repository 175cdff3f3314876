package dev.secureprediction.operator.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.secureprediction.operator.api.ApiServer;
import dev.secureprediction.sandbox.cluster.ControlPlane;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people may do by the chart's roles, as the API server answers. */
@ExtendWith(ApiServer.class)
@ResourceLock(ApiServer.LOCK)
final class ChartRolesIT {

    private static final String TEAM = "roles-team";

    private final ControlPlane cluster;

    ChartRolesIT(ControlPlane cluster) {
        this.cluster = cluster;
    }

    @BeforeAll
    static void people(ControlPlane cluster, @TempDir Path folder) throws IOException {
        var roles = Helm.of(cluster.kubeconfig())
                .template(Helm.CHART, Helm.values("minimal"), "--show-only", "templates/rbac-roles.yaml");
        var file = folder.resolve("people.yaml");
        Files.writeString(file, roles + """
                ---
                apiVersion: v1
                kind: Namespace
                metadata: {name: roles-team}
                """ + binding("view") + binding("edit") + binding("admin") + """
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: roles-platform}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: secure-prediction-platform}
                subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: platform}]
                """);
        cluster.kubectl("apply", "--server-side", "-f", file.toString()).orThrow();
        var test = new ChartRolesIT(cluster);
        // the built-in roles are filled by a controller
        await().atMost(Duration.ofMinutes(2))
                .until(() -> test.may("view", "get", "securepredictionendpoints")
                        && test.may("admin", "create", "securepredictionendpoints"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            view,     list,   securepredictionendpoints,        yes
            view,     list,   predictionverifications,          yes
            view,     create, securepredictionendpoints,        no
            view,     get,    predictionenvironments,           no
            edit,     create, securepredictionendpoints,        yes
            edit,     delete, securepredictionendpoints,        yes
            edit,     patch,  securepredictionendpoints/status, no
            edit,     create, predictionverifications,          no
            edit,     create, predictionenvironments,           no
            edit,     get,    predictionenvironments,           no
            admin,    patch,  securepredictionendpoints,        yes
            admin,    update, securepredictionendpoints/status, no
            admin,    create, predictionverifications,          no
            admin,    patch,  predictionenvironments,           no
            platform, create, predictionenvironments,           yes
            platform, delete, securepredictionendpoints,        yes
            platform, create, predictionverifications,          yes
            platform, patch,  predictionenvironments/status,    no
            platform, get,    secrets,                          no
            """)
    void everyoneMayJustWhatTheyShould(String who, String verb, String resource, String answer) {
        assertThat(may(who, verb, resource)).isEqualTo(answer.equals("yes"));
    }

    private boolean may(String who, String verb, String resource) {
        var name = resource.split("/", -1);
        var group = name[0].equals("secrets") ? "" : ".secureprediction.dev";
        var subresource = name.length > 1 ? "--subresource=" + name[1] : "--quiet=false";
        return cluster.kubectl(
                                "auth",
                                "can-i",
                                verb,
                                name[0] + group,
                                subresource,
                                "--as=" + who,
                                "--namespace=" + TEAM)
                        .exitCode()
                == 0;
    }

    private static String binding(String role) {
        return """
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: %1$s, namespace: roles-team}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: %1$s}
                subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: %1$s}]
                """.formatted(role);
    }
}
