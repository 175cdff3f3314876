package dev.secureprediction.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.secureprediction.cli.output.OutputOptions;
import dev.secureprediction.sandbox.RunningSandbox;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what a shell needs to work with the running sandbox. */
@Command(
        name = "env",
        description = {
            "Prints what a shell needs to work with the running sandbox: KUBECONFIG, and kubectl and spe on the PATH.",
            "eval \"$(./spe env)\""
        },
        mixinStandardHelpOptions = true)
final class EnvCommand implements Callable<Integer> {

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        RunningSandbox sandbox = ChosenSandbox.find();
        Path checkout = Checkout.fromEnvironment().root();
        output.print(
                spec.commandLine().getOut(),
                () -> data(sandbox, checkout),
                out -> lines(sandbox, checkout).forEach(out::println));
        return 0;
    }

    /** The same for a program, which need not undo what was quoted for a shell. */
    static JsonNode data(RunningSandbox sandbox, Path checkout) {
        ObjectNode data = JsonNodeFactory.instance
                .objectNode()
                .put("sandbox", sandbox.id())
                .put("kubeconfig", sandbox.kubeconfig().toString());
        data.putArray("path").add(checkout.toString()).add(programs(sandbox).toString());
        return data;
    }

    static List<String> lines(RunningSandbox sandbox, Path checkout) {
        return List.of(
                "export " + ChosenSandbox.VARIABLE + "=" + quoted(sandbox.id()),
                "export KUBECONFIG=" + quoted(sandbox.kubeconfig().toString()),
                "export PATH=" + quoted(checkout + ":" + programs(sandbox)) + ":\"$PATH\"");
    }

    private static Path programs(RunningSandbox sandbox) {
        return Objects.requireNonNull(sandbox.kubectl().getParent());
    }

    /** One word for a shell, whatever is in it. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
