package dev.secureprediction.cli.promotion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.secureprediction.cli.output.OutputOptions;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.plan.ContractDigest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Overlay rendered = Overlay.render(overlay);
        output.print(
                spec.commandLine().getOut(),
                () -> data(rendered),
                out -> rendered.endpoints().forEach(endpoint -> print(endpoint, out)));
        List<String> patched = Optional.ofNullable(base)
                .or(rendered::base)
                .map(Overlay::render)
                .map(rendered::patchedContracts)
                .orElse(List.of());
        patched.forEach(path -> spec.commandLine().getErr().println("spe: the overlay changes " + path));
        return patched.isEmpty() ? 0 : 1;
    }

    private static void print(SecurePredictionEndpoint endpoint, PrintWriter out) {
        out.println("# " + endpoint.getMetadata().getName() + " in "
                + endpoint.getSpec().environmentRef().name() + ": "
                + ContractDigest.of(endpoint.getSpec().contract()));
        out.println(ContractDigest.essence(endpoint.getSpec().contract()).toPrettyString());
    }

    private static JsonNode data(Overlay rendered) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        for (SecurePredictionEndpoint endpoint : rendered.endpoints()) {
            all.addObject()
                    .put("name", endpoint.getMetadata().getName())
                    .put("environment", endpoint.getSpec().environmentRef().name())
                    .put("digest", ContractDigest.of(endpoint.getSpec().contract()))
                    .set("contract", ContractDigest.essence(endpoint.getSpec().contract()));
        }
        return all;
    }
}
