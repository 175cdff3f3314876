package dev.secureprediction.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.secureprediction.cli.output.OutputOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        String audience = "api://prediction-" + environment;
        String token = IssuerClient.of(ChosenSandbox.find()).token(user, audience);
        output.print(spec.commandLine().getOut(), () -> data(user, audience, token), out -> out.println(token));
        return 0;
    }

    static JsonNode data(String user, String audience, String token) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("user", user)
                .put("audience", audience)
                .put("token", token);
    }
}
