package dev.secureprediction.operator.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.secureprediction.operator.api.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody mirrors the images that a chart names, and installs it where nothing else can be pulled. */
final class ReleasedChartIT {

    private static final String OPERATOR = "sha256:" + "0a".repeat(32);
    private static final String GATEWAY = "sha256:" + "1b".repeat(32);

    private final Helm helm;
    private final Path folder;

    ReleasedChartIT(@TempDir Path folder) {
        this.helm = Helm.of(folder.resolve("no-cluster"));
        this.folder = folder;
    }

    @Test
    void theChartNamesTheImagesThatItRuns() throws IOException {
        assertThat(named(Helm.CHART))
                .hasSize(2)
                .allMatch(image -> image.startsWith("registry.example.com/"))
                .containsExactlyInAnyOrderElementsOf(run(Helm.CHART));
    }

    @Test
    void aReleaseNamesThemByDigestWhereTheyWerePushed() throws IOException, InterruptedException {
        var chart = release("ghcr.io/acme/spe");

        assertThat(named(chart))
                .containsExactlyInAnyOrder(
                        "ghcr.io/acme/spe/spe-operator@" + OPERATOR, "ghcr.io/acme/spe/spe-gateway@" + GATEWAY)
                .containsExactlyInAnyOrderElementsOf(run(chart));
    }

    /** What `release/build` makes of this tree and of images with these digests. */
    private Path release(String repository) throws IOException, InterruptedException {
        bash("""
                cd "$ROOT"
                cp -r --parents release/build charts crds docs/runbooks operator/src/main pom.xml LICENSE THIRD-PARTY.md CHANGELOG.md "$FOLDER"
                cd "$FOLDER"
                git init --quiet . && git add . && git -c user.name=somebody -c user.email=somebody@example.com commit --quiet --message release
                version=$(sed -n 's:.*<version>\\(.*\\)</version>.*:\\1:p' pom.xml | head -n 1)
                for module in policy operator gateway-image; do
                  mkdir -p $module/target && touch $module/target/$module-$version.jar $module/target/bom.json
                done
                mkdir -p images/target
                image() { echo '{"manifests":[{"digest":"'$2'"}]}' >index.json && tar cf images/target/$1.tar index.json; }
                image spe-operator $OPERATOR
                image spe-gateway $GATEWAY
                SKIP_BUILD=yes IMAGE_REPOSITORY=$REPOSITORY release/build
                """, repository);
        try (var files = Files.newDirectoryStream(folder.resolve("release/target"), "*.tgz")) {
            return files.iterator().next();
        }
    }

    private void bash(String script, String repository) throws IOException, InterruptedException {
        var bash = new ProcessBuilder("bash", "-euc", script).inheritIO();
        bash.environment().put("ROOT", Yaml.ROOT.toString());
        bash.environment().put("FOLDER", folder.toString());
        bash.environment().put("OPERATOR", OPERATOR);
        bash.environment().put("GATEWAY", GATEWAY);
        bash.environment().put("REPOSITORY", repository);
        assertThat(bash.start().waitFor()).isZero();
    }

    private List<String> named(Path chart) throws IOException {
        var yaml = new YAMLMapper();
        var images = yaml.readTree(helm.run("show", "chart", chart.toString()))
                .path("annotations")
                .path("artifacthub.io/images")
                .asText();
        return StreamSupport.stream(yaml.readTree(images).spliterator(), false)
                .map(image -> image.path("image").asText())
                .toList();
    }

    /** The operator's, and the one that its gateways have. */
    private List<String> run(Path chart) {
        var container = Helm.objects(helm.template(chart, Helm.values("minimal"))).stream()
                .filter(object -> object.path("kind").asText().equals("Deployment"))
                .map(deployment -> deployment.at("/spec/template/spec/containers/0"))
                .findFirst()
                .orElseThrow();
        var variables = StreamSupport.stream(container.path("env").spliterator(), false)
                .collect(Collectors.toMap(
                        (JsonNode variable) -> variable.path("name").asText(),
                        variable -> variable.path("value").asText()));
        return List.of(container.path("image").asText(), String.valueOf(variables.get("SPE_GATEWAY_IMAGE")));
    }
}
