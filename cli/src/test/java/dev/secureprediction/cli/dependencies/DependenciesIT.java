package dev.secureprediction.cli.dependencies;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What others wrote and we ship: each has a licence that lets us, a reason, and no version known to be broken. */
final class DependenciesIT {

    private static final Path ROOT = Path.of(System.getProperty("root.directory"));
    private static final List<String> SHIPPED = List.of("operator", "gateway-image");
    private static final int MOST_JARS = 60;

    /** Those that ask for nothing but their notice. The Eclipse licences for libraries that are used as they are. */
    private static final Set<String> ALLOWED = Set.of(
            "Apache-2.0",
            "Apache 2 License",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "MIT",
            "MIT-0",
            "CC0-1.0",
            "EPL-1.0",
            "EPL-2.0",
            "Bouncy Castle Licence",
            "Go License",
            "GPL-2.0-with-classpath-exception",
            "Public Domain");

    private static final String THIRD_PARTY = """
            # Third-party software

            What the images of operator and gateway are shipped with. Generated from their bills of materials; a test fails when this page is stale. Where a library has several
            licences, the one that is allowed here counts. The images also hold a Java runtime (GPL-2.0 with the Classpath Exception) and files of the distribution's C library
            (LGPL-2.1), as [ADR 16](docs/adr/0016-images-from-what-is-here.md) says.

            | library | version | licence | in |
            | --- | --- | --- | --- |
            """;

    private static final String JARS = """
            # Why each jar of the gateway

            Generated from `gateway-jars.properties` and what is packaged; a test fails when a jar is there without a reason, a reason without a jar, or there are more than MOST jars.

            | jar | why |
            | --- | --- |
            """;

    @Test
    void everyLibraryHasALicenceThatLetsUsShipIt() throws IOException {
        for (Library library : shipped().keySet()) {
            assertThat(library.licences())
                    .as(library.coordinates() + " " + library.version())
                    .anyMatch(ALLOWED::contains);
        }
    }

    @Test
    void thirdPartyNamesEachOfThem() throws IOException {
        String rows = shipped().entrySet().stream()
                .map(entry -> "| `%s` | %s | %s | %s |\n"
                        .formatted(
                                entry.getKey().coordinates(),
                                entry.getKey().version(),
                                entry.getKey().licences().stream()
                                        .filter(ALLOWED::contains)
                                        .collect(Collectors.joining(", ")),
                                String.join(", ", entry.getValue())))
                .collect(Collectors.joining());

        assertCurrent(ROOT.resolve("THIRD-PARTY.md"), THIRD_PARTY + rows);
    }

    @Test
    void everyJarOfTheGatewayHasAReason() throws IOException {
        Properties reasons = new Properties();
        try (var file = DependenciesIT.class.getResourceAsStream("/dependencies/gateway-jars.properties")) {
            reasons.load(file);
        }
        Set<String> jars = jars();

        assertThat(jars).hasSizeLessThanOrEqualTo(MOST_JARS);
        assertThat(reasons.stringPropertyNames()).containsExactlyInAnyOrderElementsOf(jars);
        assertCurrent(
                ROOT.resolve("docs/reference/gateway-jars.md"),
                JARS.replace("MOST", String.valueOf(MOST_JARS))
                        + jars.stream()
                                .map(jar -> "| `%s` | %s |\n".formatted(jar, reasons.getProperty(jar)))
                                .collect(Collectors.joining())
                        + "\n%d jars.\n".formatted(jars.size()));
    }

    /** What advisories said of these when this list was last read, in November 2026; it is no scanner. */
    @ParameterizedTest
    @CsvSource({
        "io.netty, 4.2.15, 'CVE-2026-50020, CVE-2026-42581, CVE-2026-50560: framing and HTTP/2'",
        "com.nimbusds:nimbus-jose-jwt, 10.0.2, 'CVE-2025-53864: deep claims'",
        "ch.qos.logback, 1.5.19, 'CVE-2025-11226: configuration files'",
        "com.google.protobuf, 4.28.2, 'CVE-2024-7254: nested groups'",
        "com.google.guava:guava, 32.0.0, 'CVE-2023-2976: temporary files'",
        "org.bouncycastle, 1.78, 'CVE-2024-29857, CVE-2024-30171: curves, timing'",
        "org.yaml:snakeyaml, 2.0, 'CVE-2022-1471: constructors'",
        "com.fasterxml.jackson.core:jackson-core, 2.15.0, 'CVE-2025-52999: depth'",
    })
    void noLibraryIsOlderThanItsLastFix(String coordinates, String floor, String advisories) throws IOException {
        List<Library> found = shipped().keySet().stream()
                .filter(library -> coordinates.contains(":")
                        ? library.coordinates().equals(coordinates)
                        : library.group().equals(coordinates))
                // of Netty's own version, which its TLS library does not share
                .filter(library -> !library.name().startsWith("netty-tcnative"))
                .toList();

        assertThat(found)
                .isNotEmpty()
                .allSatisfy(library -> assertThat(library.isAtLeast(floor))
                        .as(
                                "%s %s, which %s is fixed in %s",
                                library.coordinates(), library.version(), advisories, floor)
                        .isTrue());
    }

    @Test
    void versionsAreComparedByNumber() {
        Library library = new Library("g", "n", "4.2.18.Final", List.of());

        assertThat(library.isAtLeast("4.2.9")).isTrue();
        assertThat(library.isAtLeast("4.2.18")).isTrue();
        assertThat(library.isAtLeast("4.2.19")).isFalse();
        assertThat(library.isAtLeast("5")).isFalse();
    }

    /** Each with what it is shipped in. */
    private static Map<Library, List<String>> shipped() throws IOException {
        Map<Library, List<String>> shipped = new TreeMap<>();
        for (String module : SHIPPED) {
            for (Library library : Library.of(ROOT.resolve(module))) {
                shipped.computeIfAbsent(library, first -> new ArrayList<>()).add(module.replace("-image", ""));
            }
        }
        return shipped;
    }

    /** Names without versions; a jar for one platform keeps its platform. */
    private static Set<String> jars() throws IOException {
        try (var files = Files.list(ROOT.resolve("gateway-image/target/dist/lib"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jar"))
                    .map(name -> name.replaceAll("-\\d[^-]*(?:-(?:SNAPSHOT|jre))?(?=-linux|\\.jar)", "")
                            .replace(".jar", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static void assertCurrent(Path page, String generated) throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(page, generated);
        }
        assertThat(page).content().isEqualTo(generated);
    }
}
