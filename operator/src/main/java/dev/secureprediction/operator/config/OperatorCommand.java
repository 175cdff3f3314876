package dev.secureprediction.operator.config;

import dev.secureprediction.operator.resolve.Telemetry;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reads flags, each of which has a variable of the environment for its default. */
@Command(
        name = "secure-prediction-operator",
        description = "Makes SecurePredictionEndpoints true in Google Cloud and in the cluster.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class OperatorCommand implements Callable<Integer> {

    private final Consumer<OperatorConfig> program;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--installation-id",
            required = true,
            defaultValue = "${env:SPE_INSTALLATION_ID}",
            description = "Names this installation on everything it makes; unique in the Google organisation.")
    private String installationId = "";

    @Option(
            names = "--gateway-image",
            required = true,
            defaultValue = "${env:SPE_GATEWAY_IMAGE}",
            description = "Image of gateways whose environment names none.")
    private String gatewayImage = "";

    @Option(
            names = "--namespace",
            defaultValue = "${env:SPE_NAMESPACE:-secure-prediction-system}",
            description = "Namespace that the operator runs in and keeps its lease in.")
    private String namespace = "";

    @Option(
            names = "--pod-name",
            defaultValue = "${env:SPE_POD_NAME:-operator}",
            description = "Name of this process among its replicas.")
    private String podName = "";

    @Option(
            names = "--prometheus-namespace",
            defaultValue = "${env:SPE_PROMETHEUS_NAMESPACE:-monitoring}",
            description = "Namespace whose pods may read gateways' metrics.")
    private String prometheusNamespace = "";

    @Option(
            names = "--bind-address",
            defaultValue = "${env:SPE_BIND_ADDRESS:-0.0.0.0}",
            description = "Address of the port for health and metrics.")
    private String bindAddress = "";

    @Option(
            names = "--port",
            defaultValue = "${env:SPE_PORT:-8080}",
            description = "Port for /livez, /readyz and /metrics.")
    private int port;

    @Option(
            names = "--promotion-port",
            defaultValue = "${env:SPE_PROMOTION_PORT:-8444}",
            description = "Port for /promotions, by TLS.")
    private int promotionPort;

    @Option(
            names = "--leader-election",
            arity = "1",
            defaultValue = "${env:SPE_LEADER_ELECTION:-true}",
            description = "Whether replicas agree on one that works.")
    private boolean leaderElection;

    @Option(
            names = "--otlp-endpoint",
            defaultValue = "${env:SPE_OTLP_ENDPOINT:-}",
            description = "Collector that gateways send traces to, by OTLP over HTTP; none: no traces.")
    private String otlpEndpoint = "";

    @Option(
            names = "--otlp-audit",
            arity = "1",
            defaultValue = "${env:SPE_OTLP_AUDIT:-false}",
            description = "Whether audit records go to the collector as well, and count as written when it took them.")
    private boolean otlpAudit;

    @Option(
            names = "--workers",
            defaultValue = "${env:SPE_WORKERS:-32}",
            description = "How many resources are worked on at once.")
    private int workers;

    private OperatorCommand(Consumer<OperatorConfig> program) {
        this.program = program;
    }

    /**
     * Runs the program with what the flags say.
     *
     * @return the process's exit code: 0, 1 when the program failed, 2 when a flag is wrong
     */
    public static int run(Consumer<OperatorConfig> program, String... arguments) {
        return commandLine(program).execute(arguments);
    }

    static CommandLine commandLine(Consumer<OperatorConfig> program) {
        return new CommandLine(new OperatorCommand(program));
    }

    @Override
    public Integer call() {
        program.accept(config());
        return CommandLine.ExitCode.OK;
    }

    private Telemetry telemetry() {
        Optional<URI> collector = otlpEndpoint.isBlank() ? Optional.empty() : Optional.of(URI.create(otlpEndpoint));
        return new Telemetry(collector, otlpAudit);
    }

    private OperatorConfig config() {
        try {
            return new OperatorConfig(
                    installationId,
                    gatewayImage,
                    namespace,
                    podName,
                    prometheusNamespace,
                    bindAddress,
                    port,
                    promotionPort,
                    leaderElection,
                    telemetry(),
                    workers);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
