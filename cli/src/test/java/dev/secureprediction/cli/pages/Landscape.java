package dev.secureprediction.cli.pages;

import com.nimbusds.jose.jwk.JWKSet;
import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.SandboxOptions;
import dev.secureprediction.sandbox.cloud.CloudSeed;
import dev.secureprediction.sandbox.cluster.ControlPlane;
import dev.secureprediction.sandbox.junit.SandboxExtension;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What there is before anybody has read a page. */
final class Landscape {

    private static final String POOL = "projects/100000000002/locations/global/workloadIdentityPools/acme";
    /** An image for the job of `samples/kubernetes-workload`, whose curl finds the cluster's Services. */
    private static final Path CURL = curlImage();

    private Landscape() {}

    /** A sandbox with the projects of the samples, as their pages expect them. */
    static SandboxOptions options() {
        var images = Stream.concat(
                Stream.of(System.getProperty(SandboxExtension.IMAGES, "").split(File.pathSeparator, -1))
                        .filter(folder -> !folder.isBlank())
                        .map(Path::of),
                Stream.of(CURL));
        return SandboxOptions.withImages(images.toArray(Path[]::new));
    }

    /** Projects with an owner, and nothing that the install pages have people make. */
    static CloudSeed bare() {
        var whole = CloudSeed.sandbox();
        var owners = whole.grants().stream()
                .filter(grant -> grant.binding().getRole().equals("roles/owner"))
                .toList();
        return new CloudSeed(whole.projects(), List.of(), List.of(), owners, List.of(), List.of(), List.of());
    }

    /** What `samples/federation` has gcloud do. */
    static void trustPool(Sandbox sandbox) {
        sandbox.cloud().state().trustPool(POOL + "/providers/cluster-a", ControlPlane.ISSUER, () -> {
            try {
                return JWKSet.parse(sandbox.client().raw("/openid/v1/jwks"));
            } catch (ParseException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** The sandbox has no cluster DNS: tells the job's curl where Services are. */
    static void tellAddresses(Sandbox sandbox) {
        var lines = sandbox.client().services().inAnyNamespace().list().getItems().stream()
                .filter(service -> service.getMetadata().getNamespace().startsWith("prediction-gateways-"))
                .map(service -> line(sandbox, service))
                .collect(Collectors.joining());
        write(CURL.resolve(".curlrc"), lines);
    }

    private static String line(Sandbox sandbox, Service service) {
        var metadata = service.getMetadata();
        ServicePort port = service.getSpec().getPorts().getFirst();
        var address = sandbox.node().serviceAddress(metadata.getNamespace(), metadata.getName(), port.getName());
        return "connect-to = \"%s.%s.svc:%d:%s:%d\"\n"
                .formatted(
                        metadata.getName(),
                        metadata.getNamespace(),
                        port.getPort(),
                        address.getHostString(),
                        address.getPort());
    }

    private static Path curlImage() {
        try {
            var folder = Files.createTempDirectory("curl-image");
            write(
                    folder.resolve("image.json"),
                    "{\"name\": \"curl\", \"entrypoint\": [\"curl\"], \"env\": {\"CURL_HOME\": \"" + folder + "\"}}");
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
            file.toFile().deleteOnExit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Someone with every right, who signs in by a token, as people of most clusters do. */
    static Path kubeconfig(Sandbox sandbox, Path folder) {
        var copy = folder.resolve("kubeconfig");
        write(copy, read(sandbox.description().kubeconfig()));
        var cluster = sandbox.cluster();
        cluster.kubectl("create", "serviceaccount", "reader", "-n", "kube-system")
                .orThrow();
        cluster.kubectl(
                        "create",
                        "clusterrolebinding",
                        "reader",
                        "--clusterrole=cluster-admin",
                        "--serviceaccount=kube-system:reader")
                .orThrow();
        var token = cluster.kubectl("create", "token", "reader", "-n", "kube-system")
                .orThrow()
                .strip();
        var own = "--kubeconfig=" + copy;
        for (var words : List.of(
                List.of("set-credentials", "reader", "--token=" + token),
                List.of("set-context", "--current", "--user=reader"))) {
            cluster.kubectl(Stream.concat(Stream.of("config", own), words.stream())
                            .toArray(String[]::new))
                    .orThrow();
        }
        return copy;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
