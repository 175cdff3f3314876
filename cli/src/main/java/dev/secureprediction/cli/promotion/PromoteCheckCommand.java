package dev.secureprediction.cli.promotion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.secureprediction.cli.operator.OperatorOptions;
import dev.secureprediction.cli.output.OutputOptions;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks the operator whether a contract may go on to an environment. */
@Command(
        name = "promote-check",
        description = "Asks the operator whether a contract may go on to an environment: 0 when it may, 1 with reasons"
                + " when not.",
        mixinStandardHelpOptions = true)
public final class PromoteCheckCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "ENVIRONMENT", description = "Where it should go.")
    private String environment = "";

    @Parameters(index = "1", paramLabel = "NAMESPACE/NAME", description = "The endpoint there.")
    private String endpoint = "";

    @Option(
            names = "--digest",
            description = "Digest of the contract; the one that the endpoint asks for unless given.")
    private @Nullable String digest;

    @Mixin
    private OperatorOptions operator = new OperatorOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException, GeneralSecurityException {
        var response = operator.ask(
                "/promotions/" + environment + "/" + endpoint + (digest == null ? "" : "?digest=" + digest),
                Optional.empty());
        JsonNode answer = new ObjectMapper().readTree(response.body());
        boolean allowed = response.statusCode() == HttpURLConnection.HTTP_OK;
        output.print(
                spec.commandLine().getOut(),
                () -> JsonNodeFactory.instance
                        .objectNode()
                        .put("allowed", allowed)
                        .set("reasons", answer.path("reasons")),
                out -> {
                    out.println((allowed ? "may be promoted to " : "may not be promoted to ") + environment);
                    answer.path("reasons").forEach(reason -> out.println("  " + reason.asText()));
                });
        return allowed ? 0 : 1;
    }
}
