package dev.secureprediction.operator.delivery;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.secureprediction.sandbox.cluster.ControlPlane;
import dev.secureprediction.sandbox.junit.GoProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A module of the Go proxy that is read for the definitions in it: those of the tools that our samples and our chart speak to.
 *
 * @param sum what the module's files come to, as go.sum has it
 */
public record GoModule(String path, String version, String sum) {

    static final GoModule ARGO_CD =
            new GoModule("github.com/argoproj/argo-cd/v3", "v3.5.7", "h1:Xm1BF+I5OgDKUG3SDK49vn2/Y5AMyaNVko+/JT08gj0=");
    static final GoModule FLUX = new GoModule(
            "github.com/fluxcd/kustomize-controller", "v1.7.3", "h1:SzNnGn/4ObAPEHHleM5U7y/AKxKXph3Vj6ZhteeXw8M=");
    /** Routes and what belongs to them. */
    public static final GoModule GATEWAY_API =
            new GoModule("sigs.k8s.io/gateway-api", "v1.5.1", "h1:RqVRIlkhLhUO8wOHKTLnTJA6o/1un4po4/6M1nRzdd0=");

    static final GoModule PROMETHEUS = new GoModule(
            "github.com/prometheus-operator/prometheus-operator",
            "v0.85.0",
            "h1:M5xLCLEoaW2IJfnuCwFzzpL+jSVQu3KGT84Pye+fW8s=");

    /** Serves definitions of the module, files below its folder, in a cluster. */
    public void serve(ControlPlane cluster, String... files) {
        var folder = folder();
        for (var file : files) {
            var definition = folder.resolve(file).toString();
            cluster.kubectl("apply", "--server-side", "-f", definition).orThrow();
            await().atMost(Duration.ofMinutes(2)) // it has no conditions for a moment
                    .until(() ->
                            cluster.kubectl("wait", "--for=condition=Established", "--timeout=30s", "-f", definition)
                                            .exitCode()
                                    == 0);
        }
    }

    private Path folder() {
        var answer = new GoProgram(Path.of("go"))
                .run(builder -> {}, "", List.of("mod", "download", "-json", path + "@" + version))
                .orThrow();
        try {
            var module = new ObjectMapper().readTree(answer);
            if (!module.path("Sum").asText().equals(sum)) {
                throw new IllegalStateException(path + " is not what it was: " + answer);
            }
            return Path.of(module.path("Dir").asText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
