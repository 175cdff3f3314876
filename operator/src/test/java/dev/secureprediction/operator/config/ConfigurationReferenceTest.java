package dev.secureprediction.operator.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.ReferencePage;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.OptionSpec;

/** The page of flags says what the operator takes. */
final class ConfigurationReferenceTest {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:([A-Z_]+)(?::-(.*))?}");
    private static final String HEAD = """
            # Configuration of the operator

            Generated from `OperatorCommand`; a test fails when this page is stale. A flag wins over its variable. The [chart](../../charts/secure-prediction-operator/README.md)
            sets them from its values. Exit codes: 0 ended by a signal, 1 failed, 2 a flag is wrong.

            | flag | variable | default | what it says |
            | --- | --- | --- | --- |
            """;
    private static final String TAIL = """

            `GOOGLE_APPLICATION_CREDENTIALS` names the configuration of workload identity federation, which holds no key; the chart makes it. The cluster is the
            one that the pod runs in, else that of `KUBECONFIG`.
            """;

    @Test
    void thePageIsTheGeneratedOne() {
        var rows = flags().map(ConfigurationReferenceTest::row).collect(Collectors.joining());

        ReferencePage.assertIsCurrent("operator-configuration.md", HEAD + rows + TAIL);
    }

    @ParameterizedTest
    @MethodSource("flags")
    void everyFlagHasAVariable(OptionSpec flag) {
        assertThat(flag.defaultValue()).matches(VARIABLE);
        assertThat(VARIABLE.matcher(flag.defaultValue()).replaceFirst("$1"))
                .isEqualTo("SPE"
                        + flag.longestName()
                                .replace("--", "_")
                                .replace('-', '_')
                                .toUpperCase(Locale.ROOT));
    }

    private static Stream<OptionSpec> flags() {
        return OperatorCommand.commandLine(config -> {})
                .setInterpolateVariables(false)
                .getCommandSpec()
                .options()
                .stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp());
    }

    private static String row(OptionSpec flag) {
        var variable = VARIABLE.matcher(flag.defaultValue());
        assertThat(variable.matches()).isTrue();
        var fallback = variable.group(2);
        var shown = fallback == null ? "required" : fallback.isEmpty() ? "none" : "`" + fallback + "`";
        return "| `%s` | `%s` | %s | %s |\n"
                .formatted(flag.longestName(), variable.group(1), shown, String.join(" ", flag.description()));
    }
}
