package dev.secureprediction.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** `spe audit verify` on a log that a gateway wrote: three calls, closed in order. */
final class VerifyCommandTest {
    private static final Path SAMPLES =
            Path.of(System.getProperty("root.directory"), "cli", "src", "test", "resources", "audit");
    private static final Path LOG = SAMPLES.resolve("gateway.log");
    private static final Path WITNESS = SAMPLES.resolve("operator.log");

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter printed = new StringWriter();

    private int verify(Object... arguments) {
        return new CommandLine(new VerifyCommand())
                .setOut(new PrintWriter(printed, true))
                .execute(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
    }

    private Path file(List<String> lines) throws IOException {
        return Files.write(folder.resolve("changed.log"), lines);
    }

    @Test
    void whatTheGatewayWroteVerifies() {
        assertThat(verify(LOG, "--witness", WITNESS)).as(printed.toString()).isZero();
        assertThat(printed.toString())
                .contains("closed in order, witnessed")
                .contains("every record is as it was written");
    }

    @Test
    void aChangedWordIsFound() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(LOG));
        lines.replaceAll(line -> line.replace("\"decision\":\"Deny\"", "\"decision\":\"Permit\""));

        assertThat(verify(file(lines))).isEqualTo(1);
        assertThat(printed.toString()).contains("CHANGED").contains("changed.log:");
    }

    @Test
    void aRemovedLineIsFound() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(LOG));
        lines.removeIf(line -> line.contains("\"decision\":\"Deny\""));

        assertThat(verify(file(lines))).isEqualTo(1);
        assertThat(printed.toString()).contains("REMOVED");
    }

    @Test
    void anotherOrderIsFoundUnlessItIsToBeSorted() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(LOG));
        Collections.reverse(lines);
        Path reversed = file(lines);

        assertThat(verify(reversed)).isEqualTo(1);
        assertThat(verify(reversed, "--sort")).isZero();
    }

    @Test
    void aCutEndIsFoundByTheWitnessOnly() throws IOException {
        Path cut = file(Files.readAllLines(LOG).subList(0, 3));

        assertThat(verify(cut)).isZero();
        assertThat(printed.toString()).contains("not closed").contains("no witness");
        assertThat(verify(cut, "--witness", WITNESS)).isEqualTo(1);
        assertThat(printed.toString()).contains("TRUNCATED");
    }

    @Test
    void anExportOfCloudLoggingVerifies() throws IOException {
        // given entries whose payload was parsed, stripped and printed again
        String export = Files.readAllLines(LOG).stream()
                .filter(line -> line.contains("secureprediction"))
                .map(line -> "{\"insertId\":\"a\",\"jsonPayload\":{\"message\":\"m\","
                        + line.substring(line.indexOf("\"secureprediction\"")) + "}")
                .collect(Collectors.joining(",\n", "[", "]"));

        assertThat(verify(Files.writeString(folder.resolve("export.json"), export)))
                .as(printed.toString())
                .isZero();
    }

    @Test
    void aFileWithoutRecordsIsNoProof() throws IOException {
        assertThat(verify(file(List.of("hello", "{}")))).isEqualTo(1);
        assertThat(printed.toString()).contains("no audit records found");
    }
}
