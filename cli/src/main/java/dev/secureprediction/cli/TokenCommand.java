package dev.secureprediction.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a token of the running sandbox's issuer. */
@Command(
        name = "token",
        description = "Prints a token from the running sandbox's issuer.",
        mixinStandardHelpOptions = true)
final class TokenCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "USER",
            description = "analyst@example.com, scientist@example.com or guest@example.com.")
    private String user = "";

    @Option(
            names = {"-e", "--environment"},
            defaultValue = "qa",
            description = "Environment that the token is for: qa unless given.")
    private String environment = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        String token = IssuerClient.of(ChosenSandbox.find()).token(user, "api://prediction-" + environment);
        spec.commandLine().getOut().println(token);
        return 0;
    }
}
