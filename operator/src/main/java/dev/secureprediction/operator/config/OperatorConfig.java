package dev.secureprediction.operator.config;

import dev.secureprediction.operator.render.Peers;
import dev.secureprediction.operator.resolve.Installation;
import dev.secureprediction.operator.resolve.Telemetry;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The operator's settings.
 *
 * @param installationId names this installation on everything it makes; 1 to 32 of `[a-z0-9-]`
 * @param gatewayImage image of gateways whose environment names none
 * @param namespace where the operator runs and keeps its lease
 * @param podName this process, unique among its replicas
 * @param prometheusNamespace where Prometheus runs
 * @param bindAddress of the port for health and metrics
 * @param port for health and metrics, 0 to 65535; 0 takes a free one
 * @param promotionPort for questions about promotions, by TLS; 0 to 65535; 0 takes a free one
 * @param leaderElection whether replicas agree on one that works
 * @param telemetry where gateways send traces
 * @param workers how many resources are worked on at once, 1 to 256
 */
public record OperatorConfig(
        String installationId,
        String gatewayImage,
        String namespace,
        String podName,
        String prometheusNamespace,
        String bindAddress,
        int port,
        int promotionPort,
        boolean leaderElection,
        Telemetry telemetry,
        int workers) {

    /** Google Cloud's long operations are looked at this often. */
    public static final Duration OPERATION_INTERVAL = Duration.ofSeconds(2);

    private static final Pattern INSTALLATION = Pattern.compile("[a-z0-9]([-a-z0-9]{0,30}[a-z0-9])?");

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException naming the flag and what it takes
     */
    public OperatorConfig {
        require(
                INSTALLATION.matcher(installationId).matches(),
                "--installation-id: expected 1 to 32 of a-z, 0-9 and '-', not at an end");
        require(!gatewayImage.isBlank(), "--gateway-image: expected an image reference");
        require(!namespace.isBlank(), "--namespace: expected the namespace that the operator runs in");
        require(port >= 0 && port <= 65_535, "--port: expected 0 to 65535");
        require(promotionPort >= 0 && promotionPort <= 65_535, "--promotion-port: expected 0 to 65535");
        require(workers >= 1 && workers <= 256, "--workers: expected 1 to 256");
    }

    /** What every plan shares. */
    public Installation installation() {
        return new Installation(installationId, namespace, gatewayImage, Installation.SHORT_DOMAIN, telemetry);
    }

    /** Who may reach a gateway's admin port. */
    public Peers peers() {
        return new Peers(namespace, prometheusNamespace);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
