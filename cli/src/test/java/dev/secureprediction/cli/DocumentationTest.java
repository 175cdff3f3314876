package dev.secureprediction.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the documents say is so. */
final class DocumentationTest {

    private static final Path ROOT = Path.of(System.getProperty("root.directory"));
    private static final Pattern CODE = Pattern.compile("```(\\w*)[^\\n]*\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern SPE = Pattern.compile("`(?:\\./|kubectl )?spe ([a-z][^`]*)`");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)(#[^)]*)?\\)");

    @Test
    void readmeOpensWithTwoCommandsThatExist() throws IOException {
        String first = codeBlocks("README.md").getFirst().group(2);

        assertThat(first.lines().map(line -> line.replaceFirst("#.*", "").strip()))
                .containsExactly("./spe sandbox", "./mvnw verify");
        assertThat(ROOT.resolve("spe")).isExecutable();
        assertThat(ROOT.resolve("mvnw")).isExecutable();
    }

    @Test
    void continuousIntegrationRunsWhatReadmeSays() throws IOException {
        assertThat(Files.readString(ROOT.resolve(".ci/run"))).contains("./mvnw verify", "./spe sandbox --once");
    }

    @Test
    void theEndpointInReadmeIsTheSampleOfProduction() throws IOException {
        // given the endpoint that README explains
        String shown = codeBlocks("README.md").stream()
                .filter(block -> block.group(1).equals("yaml"))
                .findFirst()
                .orElseThrow()
                .group(2);
        var inReadme = read(shown);

        // then the sample of the same name and namespace has its model, its first role and its environment
        var sample = samples().stream()
                .filter(candidate -> candidate.getMetadata().equals(inReadme.getMetadata()))
                .findFirst()
                .orElseThrow();
        assertThat(inReadme.getSpec().environmentRef())
                .isEqualTo(sample.getSpec().environmentRef());
        assertThat(inReadme.getSpec().contract().model())
                .isEqualTo(sample.getSpec().contract().model());
        assertThat(sample.getSpec().contract().access().roles())
                .containsAll(inReadme.getSpec().contract().access().roles());
    }

    @TestFactory
    Stream<DynamicTest> everyLinkLeadsSomewhere() throws IOException {
        return documents()
                .flatMap(document -> links(document)
                        .map(target -> DynamicTest.dynamicTest(
                                ROOT.relativize(document) + " → " + target,
                                () -> assertThat(document.resolveSibling(target))
                                        .exists())));
    }

    /** A command that a sentence names is one that the program takes; blocks are run by PagesIT. */
    @TestFactory
    Stream<DynamicTest> everyCommandInASentenceIsOneOfSpe() throws IOException {
        return documents()
                .filter(document -> !document.endsWith("CHANGELOG.md"))
                .flatMap(document -> SPE.matcher(text(document))
                        .results()
                        .map(command -> DynamicTest.dynamicTest(
                                ROOT.relativize(document) + ": spe " + command.group(1),
                                () -> assertIsTaken(command.group(1).split("\\s+", -1)))));
    }

    private static void assertIsTaken(String... words) {
        var spe = Main.commandLine();
        if (words.length == 1) { // just a name
            assertThat(spe.getSubcommands()).containsKey(words[0]);
        } else {
            spe.parseArgs(words);
        }
    }

    private static String text(Path document) {
        try {
            return Files.readString(document);
        } catch (IOException problem) {
            throw new java.io.UncheckedIOException(problem);
        }
    }

    private static Stream<Path> documents() throws IOException {
        try (var files = Files.walk(ROOT)) {
            return files
                    .filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .toList()
                    .stream();
        }
    }

    private static Stream<String> links(Path document) {
        return LINK.matcher(text(document)).results().map(link -> link.group(1));
    }

    private static List<MatchResult> codeBlocks(String document) throws IOException {
        return CODE.matcher(Files.readString(ROOT.resolve(document))).results().toList();
    }

    private static List<SecurePredictionEndpoint> samples() throws IOException {
        return Stream.of(Files.readString(ROOT.resolve("samples/quickstart/20-endpoints.yaml"))
                        .split("(?m)^---$"))
                .map(DocumentationTest::read)
                .toList();
    }

    private static SecurePredictionEndpoint read(String yaml) {
        return new KubernetesSerialization().unmarshal(yaml, SecurePredictionEndpoint.class);
    }
}
