package dev.secureprediction.cli.promotion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.plan.ContractDigest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the contracts of an overlay and their digests, offline; fails where it changes one of its base. */
@Command(
        name = "render",
        description = "Prints the contracts of a Kustomize overlay and their digests, without a cluster."
                + " Fails with the path where an overlay changes the contract of its base.",
        mixinStandardHelpOptions = true)
public final class RenderCommand implements Callable<Integer> {

    @Parameters(paramLabel = "OVERLAY", description = "Folder with a kustomization.yaml, or a file of resources.")
    private Path overlay = Path.of(".");

    @Option(names = "--base", description = "What to compare with; the folder that the overlay builds on unless given.")
    private @Nullable Path base;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws JsonProcessingException {
        Overlay rendered = Overlay.render(overlay);
        PrintWriter out = spec.commandLine().getOut();
        for (SecurePredictionEndpoint endpoint : rendered.endpoints()) {
            out.println("# " + endpoint.getMetadata().getName() + " in "
                    + endpoint.getSpec().environmentRef().name() + ": "
                    + ContractDigest.of(endpoint.getSpec().contract()));
            out.println(new ObjectMapper()
                    .writerWithDefaultPrettyPrinter()
                    .writeValueAsString(
                            ContractDigest.essence(endpoint.getSpec().contract())));
        }
        out.flush();
        List<String> patched = Optional.ofNullable(base)
                .or(rendered::base)
                .map(Overlay::render)
                .map(rendered::patchedContracts)
                .orElse(List.of());
        patched.forEach(path -> spec.commandLine().getErr().println("spe: the overlay changes " + path));
        return patched.isEmpty() ? 0 : 1;
    }
}
