package dev.secureprediction.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.iterable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The page of commands says what the program takes; {@code -Dgolden.update=true} rewrites it. */
final class CliReferenceTest {

    private static final Path PAGE = Path.of(System.getProperty("root.directory"), "docs/reference/cli.md");
    private static final String HEAD = """
            # Commands of `spe`

            Generated from the commands themselves; a test fails when this page is stale. From a checkout it is `./spe`; where `kubectl-spe` is on the PATH, also
            `kubectl spe`. `spe COMMAND --help` prints the same. Exit codes, where a command does not say its own: 0 done, 1 failed, 2 an argument is wrong.
            `-o json` and `-o yaml` are for scripts; only `sandbox` has neither, since it tells what happens while it happens (`spe env -o json` says where the running one is), and
            `completion`, which prints a script.

            """;
    private static final List<String> WITHOUT_DATA = List.of("spe sandbox", "spe completion");

    @Test
    void thePageIsTheGeneratedOne() throws IOException {
        var page = HEAD
                + commands(Main.commandLine()).map(CliReferenceTest::section).collect(Collectors.joining("\n"));

        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).content().isEqualTo(page);
    }

    @Test
    void everyCommandAndOptionIsDescribed() {
        assertThat(commands(Main.commandLine()).map(CommandLine::getCommandSpec))
                .hasSizeGreaterThan(10)
                .allSatisfy(spec -> {
                    assertThat(spec.usageMessage().description())
                            .as(spec.qualifiedName())
                            .isNotEmpty();
                    assertThat(arguments(spec))
                            .allSatisfy(argument -> assertThat(argument.description())
                                    .as(spec.qualifiedName() + " " + argument)
                                    .isNotEmpty());
                });
    }

    @Test
    void everyCommandThatPrintsFactsPrintsThemForScriptsToo() {
        assertThat(commands(Main.commandLine())
                        .map(CommandLine::getCommandSpec)
                        .filter(spec -> !WITHOUT_DATA.contains(spec.qualifiedName())))
                .allSatisfy(spec -> assertThat(spec.findOption("-o"))
                        .as(spec.qualifiedName())
                        .isNotNull()
                        .extracting(option -> option.completionCandidates())
                        .asInstanceOf(iterable(String.class))
                        .contains("text", "json", "yaml"));
    }

    /** Those that do something, in the order of the program's help; groups have none of their own. */
    private static Stream<CommandLine> commands(CommandLine command) {
        var below = List.copyOf(command.getSubcommands().values());
        return below.isEmpty() ? Stream.of(command) : below.stream().flatMap(CliReferenceTest::commands);
    }

    private static String section(CommandLine command) {
        var spec = command.getCommandSpec();
        var help = new Help(spec, Help.defaultColorScheme(Help.Ansi.OFF));
        var text = new StringBuilder("## " + spec.qualifiedName() + "\n\n");
        text.append(String.join("\n", spec.usageMessage().description())).append("\n\n");
        text.append("```text\n").append(help.synopsis(0).strip()).append("\n```\n");
        var arguments = arguments(spec);
        if (!arguments.isEmpty()) {
            text.append("\n| argument | what it says |\n| --- | --- |\n");
            arguments.forEach(argument -> text.append(row(argument)));
        }
        var codes = spec.usageMessage().exitCodeList();
        if (!codes.isEmpty()) {
            text.append("\n| exit code | when |\n| --- | --- |\n");
            codes.forEach((code, when) -> text.append("| %s | %s |\n".formatted(code.strip(), when)));
        }
        return text.toString();
    }

    private static String row(ArgSpec argument) {
        var names = argument instanceof OptionSpec option
                ? Stream.of(option.names()).map(name -> "`" + name + "`").collect(Collectors.joining(", "))
                        + (option.arity().max() == 0 ? "" : " " + option.paramLabel())
                : argument.paramLabel();
        return "| %s | %s |\n"
                .formatted(names, String.join(" ", argument.description()).replace("|", "\\|"));
    }

    private static List<ArgSpec> arguments(CommandSpec spec) {
        List<ArgSpec> arguments = new ArrayList<>(spec.positionalParameters());
        spec.options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .forEach(arguments::add);
        return arguments;
    }
}
