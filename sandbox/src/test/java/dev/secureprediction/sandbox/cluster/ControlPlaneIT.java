package dev.secureprediction.sandbox.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.secureprediction.sandbox.process.UserCache;
import dev.secureprediction.sandbox.process.WorkFolder;
import dev.secureprediction.sandbox.tls.Authority;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Somebody uses the cluster, and meets what a real one does. */
class ControlPlaneIT {

    private static WorkFolder workFolder;
    private static ControlPlane cluster;

    @BeforeAll
    static void start() {
        var cache = UserCache.ofUser();
        workFolder = WorkFolder.create(cache);
        var log = LoggerFactory.getLogger(ControlPlaneIT.class);
        var begin = System.nanoTime();
        cluster = ControlPlane.start(cache, workFolder, Authority.create(), log::info);
        log.info(
                "control plane ready in {} ms; RSS {}",
                (System.nanoTime() - begin) / 1_000_000,
                cluster.residentBytes());
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
            assertThat(cluster.residentBytes().values())
                    .as("nothing is left running")
                    .containsOnly(0L);
        }
        workFolder.close();
        assertThat(workFolder.path()).doesNotExist();
    }

    private static String namespace(String name, String... labels) {
        var builder = new NamespaceBuilder().withNewMetadata().withName(name);
        if (labels.length == 2) {
            builder.addToLabels(labels[0], labels[1]);
        }
        cluster.client().resource(builder.endMetadata().build()).create();
        return name;
    }

    @Test
    void countsWhatAPersonChanged() {
        var namespace = namespace("audited");
        cluster.kubectl(
                        "create",
                        "rolebinding",
                        "edits",
                        "--clusterrole=edit",
                        "--user=dev@example.com",
                        "-n",
                        namespace)
                .orThrow();
        var mark = cluster.audit().mark();

        var developer = cluster.access().person("dev@example.com");
        var map = new ConfigMapBuilder()
                .withNewMetadata()
                .withName("notes")
                .endMetadata()
                .addToData("a", "1")
                .build();
        // the role of the built-in name is filled by a controller, a moment after the start
        await().ignoreExceptions()
                .until(() -> developer
                                .configMaps()
                                .inNamespace(namespace)
                                .resource(map)
                                .create()
                        != null);
        developer.configMaps().inNamespace(namespace).withName("notes").get();

        assertThat(cluster.audit().since(mark))
                .filteredOn(request -> request.actor().equals("dev@example.com") && request.code() < 300)
                .filteredOn(AuditedRequest::mutating)
                .singleElement()
                .satisfies(request -> {
                    assertThat(request.verb()).isEqualTo("create");
                    assertThat(request.resource()).isEqualTo("configmaps");
                    assertThat(request.namespace()).isEqualTo(namespace);
                    assertThat(request.code()).isEqualTo(201);
                    assertThat(request.user()).isEqualTo("admin");
                });
    }

    @Test
    void refusesWhatAServiceAccountMayNot() {
        var namespace = namespace("forbidden");
        await().until(() -> cluster.client()
                        .serviceAccounts()
                        .inNamespace(namespace)
                        .withName("default")
                        .get()
                != null);

        var workload = cluster.access().serviceAccount(namespace, "default");

        assertThatThrownBy(() -> workload.secrets().inNamespace(namespace).list())
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        refusal -> assertThat(refusal.getCode()).isEqualTo(403));
    }

    @Test
    void signsTokensThatItsPublishedKeysVerify() throws Exception {
        var token = SignedJWT.parse(
                cluster.access().token("default", "default", List.of("api://somewhere"), Duration.ofMinutes(10)));

        var keys = JWKSet.parse(cluster.client().raw("/openid/v1/jwks"));
        var key = keys.getKeyByKeyId(token.getHeader().getKeyID());

        assertThat(key).isNotNull();
        assertThat(token.verify(new RSASSAVerifier(key.toRSAKey()))).isTrue();
        assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo(ControlPlane.ISSUER);
        assertThat(token.getJWTClaimsSet().getAudience()).containsExactly("api://somewhere");
        assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("system:serviceaccount:default:default");
    }

    @Test
    void enforcesPodSecurityOfANamespace() {
        var namespace = namespace("restricted", "pod-security.kubernetes.io/enforce", "restricted");
        await().until(() -> cluster.client()
                        .serviceAccounts()
                        .inNamespace(namespace)
                        .withName("default")
                        .get()
                != null);
        var pod = new PodBuilder()
                .withNewMetadata()
                .withName("root")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main")
                .withImage("any")
                .endContainer()
                .endSpec()
                .build();

        assertThatThrownBy(() -> cluster.client()
                        .pods()
                        .inNamespace(namespace)
                        .resource(pod)
                        .create())
                .hasMessageContaining("violates PodSecurity");
    }

    @Test
    void comesBackAfterItsApiServerIsKilled() {
        cluster.client()
                .configMaps()
                .inNamespace("default")
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("survivor")
                        .endMetadata()
                        .build())
                .create();

        cluster.restartApiServer();

        assertThat(cluster.client()
                        .configMaps()
                        .inNamespace("default")
                        .withName("survivor")
                        .get())
                .isNotNull();
    }

    @Test
    void appliesAFolderWithADefinitionAndItsResource(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("a-resource.yaml"), """
                apiVersion: example.com/v1
                kind: Widget
                metadata: {name: one, namespace: default}
                spec: {size: 3}
                """);
        Files.writeString(folder.resolve("b-definition.yaml"), """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: widgets.example.com}
                spec:
                  group: example.com
                  names: {kind: Widget, listKind: WidgetList, plural: widgets, singular: widget}
                  scope: Namespaced
                  versions:
                  - name: v1
                    served: true
                    storage: true
                    schema:
                      openAPIV3Schema:
                        type: object
                        properties: {spec: {type: object, properties: {size: {type: integer, maximum: 5}}}}
                """);

        var manifests = new Manifests(cluster.client());
        manifests.apply(folder);
        manifests.apply(folder);

        assertThat(cluster.kubectl("get", "widget", "one", "-o", "jsonpath={.spec.size}")
                        .orThrow())
                .isEqualTo("3");
        assertThatThrownBy(() -> manifests.apply(folder, text -> text.replace("size: 3", "size: 9")))
                .hasMessageContaining("spec.size");
    }

    @Test
    void aRefusedKubectlSaysWhy() {
        var result = cluster.kubectl("get", "nonsense");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.errors()).contains("nonsense");
    }
}
