package dev.secureprediction.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** The images that were built, unpacked and run. */
final class ImageIT {

    private static final Path ROOT = Path.of(System.getProperty("root.directory"));
    private static final long MEGABYTE = 1_000_000;
    private static final Path PAGE = ROOT.resolve("charts/secure-prediction-operator/README.md");
    private static final Map<String, OciImage> UNPACKED = new HashMap<>();
    /** Whether the gateway's start-up cache was made, which takes most of the time of this build. */
    private static final boolean TRAINED = System.getProperty("image.train.skip") == null;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    static Path images;

    @TempDir
    Path folder;

    @BeforeAll
    static void unpack() {
        UNPACKED.clear();
        for (var name : List.of("spe-gateway", "spe-operator")) {
            UNPACKED.put(name, OciImage.unpack(ROOT.resolve("images/target/" + name + ".tar"), images.resolve(name)));
        }
    }

    @ParameterizedTest
    @CsvSource({"spe-gateway, 120", "spe-operator, 160"})
    void isAsSmallAsThePageSays(String name, long megabytes) throws IOException {
        long compressed = image(name).compressed();
        var said = Pattern.compile("`" + name + "`,? (\\d+) MB").matcher(Files.readString(PAGE));

        assertThat(compressed).isLessThan(megabytes * MEGABYTE);
        assumeThat(TRAINED || name.equals("spe-operator")).as("it is whole").isTrue();
        assertThat(said.find()).as("%s says how large %s is", PAGE, name).isTrue();
        assertThat(Double.valueOf(said.group(1)))
                .as("what %s says of %s", PAGE, name)
                .isCloseTo((double) compressed / MEGABYTE, withinPercentage(5));
    }

    @ParameterizedTest
    @CsvSource({"spe-gateway, gateway-image", "spe-operator, operator"})
    void isNonRootAndRunsWhatTheSandboxRuns(String name, String module) throws IOException {
        var image = image(name);

        assertThat(image.config().path("User").asText()).isEqualTo("65532:65532");
        assertThat(image.config()
                        .at("/Labels/org.opencontainers.image.licenses")
                        .asText())
                .isEqualTo("Apache-2.0");
        assertThat(image.root().resolve("usr/share/sbom/" + name.substring(4) + ".cdx.json"))
                .content()
                .contains("\"bomFormat\" : \"CycloneDX\"");
        var described = new ObjectMapper()
                .readTree(ROOT.resolve(module + "/target/dist/image.json").toFile());
        var entrypoint = OciImage.words(described.path("entrypoint"));
        entrypoint.set(0, "/runtime/bin/java");
        assertThat(image.entrypoint()).isEqualTo(entrypoint);
        assertThat(shellsAndPrivileges(image.root())).isEmpty();
    }

    @Test
    void theGatewayStartsFromItsCacheAndRefusesEverything() throws IOException, InterruptedException {
        assumeThat(Container.isPossible()).as("users may make name spaces").isTrue();
        var image = image("spe-gateway");
        var began = System.nanoTime();
        var process = Container.start(
                image,
                folder,
                Map.of(
                        "SPE_POLICY_DIRECTORY", "/tmp/none",
                        "SPE_BIND_ADDRESS", "127.93.7.1",
                        "SPE_PORT", "8443",
                        "SPE_ADMIN_PORT", "8081",
                        "SPE_POD_NAME", "gateway",
                        // ends at once when the cache was not made by this runtime and these jars
                        "JAVA_TOOL_OPTIONS", TRAINED ? "-XX:AOTMode=on" : "-XX:AOTMode=auto"),
                image.entrypoint());
        try {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .failFast(() -> assertThat(process.isAlive())
                            .as(Files.readString(folder.resolve("output")))
                            .isTrue())
                    .until(() -> status("/livez") == 200);
            LoggerFactory.getLogger(ImageIT.class)
                    .info("gateway alive after {} ms", (System.nanoTime() - began) / MEGABYTE);
            assertThat(status("/readyz")).isEqualTo(503);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Test
    void theOperatorStarts() throws IOException, InterruptedException {
        assumeThat(Container.isPossible()).as("users may make name spaces").isTrue();
        var image = image("spe-operator");
        var command = new ArrayList<>(image.entrypoint());
        command.add("--help");

        var process = Container.start(image, folder, Map.of(), command);

        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("output")))
                .isZero();
        assertThat(folder.resolve("output")).content().contains("--installation-id");
    }

    private static OciImage image(String name) {
        return Objects.requireNonNull(UNPACKED.get(name), name);
    }

    private static int status(String path) {
        try {
            var url = URI.create("http://127.93.7.1:8081" + path).toURL();
            return ((HttpURLConnection) url.openConnection()).getResponseCode();
        } catch (IOException notYet) {
            return 0;
        }
    }

    private static List<Path> shellsAndPrivileges(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            return files.filter(
                            file -> file.getFileName().toString().matches("sh|bash|busybox") || writableByOthers(file))
                    .map(root::relativize)
                    .filter(file -> !file.toString().equals("tmp"))
                    .toList();
        }
    }

    private static boolean writableByOthers(Path file) {
        try {
            return !Files.isSymbolicLink(file)
                    && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_WRITE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
