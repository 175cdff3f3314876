package dev.secureprediction.cli;

import dev.secureprediction.sandbox.RunningSandbox;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        lines(ChosenSandbox.find(), Checkout.fromEnvironment().root()).forEach(out::println);
        out.flush();
        return 0;
    }

    static List<String> lines(RunningSandbox sandbox, Path checkout) {
        Path programs = Objects.requireNonNull(sandbox.kubectl().getParent());
        return List.of(
                "export " + ChosenSandbox.VARIABLE + "=" + quoted(sandbox.id()),
                "export KUBECONFIG=" + quoted(sandbox.kubeconfig().toString()),
                "export PATH=" + quoted(checkout + ":" + programs) + ":\"$PATH\"");
    }

    /** One word for a shell, whatever is in it. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
