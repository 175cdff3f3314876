package dev.secureprediction.cli;

import dev.secureprediction.cli.audit.AuditCommand;
import dev.secureprediction.cli.change.PlanCommand;
import dev.secureprediction.cli.change.ReleaseCommand;
import dev.secureprediction.cli.inspect.StatusCommand;
import dev.secureprediction.cli.inspect.WhyCommand;
import dev.secureprediction.cli.promotion.DiffCommand;
import dev.secureprediction.cli.promotion.PromoteCheckCommand;
import dev.secureprediction.cli.promotion.RenderCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of `spe`. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Spe())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((problem, command, parsed) -> {
                    command.getErr().println("spe: " + Problem.describe(problem));
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    @Command(
            name = "spe",
            description = "Calls machine learning models safely from Kubernetes.",
            mixinStandardHelpOptions = true,
            version = "0.1.0",
            synopsisSubcommandLabel = "COMMAND",
            subcommands = {
                SandboxCommand.class,
                TokenCommand.class,
                EnvCommand.class,
                StatusCommand.class,
                WhyCommand.class,
                AuditCommand.class,
                PlanCommand.class,
                ReleaseCommand.class,
                DiffCommand.class,
                RenderCommand.class,
                PromoteCheckCommand.class,
                CompletionCommand.class
            })
    static final class Spe {}
}
