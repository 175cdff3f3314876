package dev.secureprediction.gateway.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the environment says. The operator renders these variables; `GCE_METADATA_HOST` is read by Google's own library.
 *
 * @param policyDirectory `SPE_POLICY_DIRECTORY`: holds `policy.json`, `issuer-keys.json`, `revocations.json`
 * @param tlsDirectory `SPE_TLS_DIRECTORY`: holds `tls.crt` and `tls.key`; absent: plaintext
 * @param bindAddress `SPE_BIND_ADDRESS`: address of both ports
 * @param port `SPE_PORT`: the public port
 * @param adminPort `SPE_ADMIN_PORT`: probes, metrics, the policy in force
 * @param federationTokenFile `SPE_FEDERATION_TOKEN_FILE`: the pod's projected token; only for federation
 * @param storeDirectory `SPE_STORE_DIRECTORY`: holds `url`, `encryption-key`, `ca.crt` of the shared store; absent: none
 * @param drain `SPE_DRAIN_SECONDS`: how long running calls may go on after SIGTERM
 * @param podName `SPE_POD_NAME`: for audit records
 * @param otlpEndpoint `OTEL_EXPORTER_OTLP_ENDPOINT`: collector that spans are sent to, http or https; absent: no spans
 * @param auditByOtlp `SPE_AUDIT_OTLP=true`: audit records are sent there as well, and count as written when it took them
 * @param auditFile `SPE_AUDIT_FILE`: audit records are appended there as well
 */
public record GatewayConfig(
        Path policyDirectory,
        Optional<Path> tlsDirectory,
        String bindAddress,
        int port,
        int adminPort,
        Optional<Path> federationTokenFile,
        Optional<Path> storeDirectory,
        Duration drain,
        String podName,
        Optional<URI> otlpEndpoint,
        boolean auditByOtlp,
        Optional<Path> auditFile) {

    /** Reads the process's environment. */
    public static GatewayConfig fromEnvironment() {
        return from(System.getenv());
    }

    /**
     * Reads these variables.
     *
     * @throws ConfigException when a variable is wrong; it names the variable
     */
    public static GatewayConfig from(Map<String, String> environment) {
        Variables variables = new Variables(environment);
        return new GatewayConfig(
                variables.path("SPE_POLICY_DIRECTORY").orElse(Path.of("/etc/spe/policy")),
                variables.path("SPE_TLS_DIRECTORY"),
                variables.text("SPE_BIND_ADDRESS").orElse("0.0.0.0"),
                variables.number("SPE_PORT", 8443, 0, 65_535),
                variables.number("SPE_ADMIN_PORT", 8081, 0, 65_535),
                variables.path("SPE_FEDERATION_TOKEN_FILE"),
                variables.path("SPE_STORE_DIRECTORY"),
                Duration.ofSeconds(variables.number("SPE_DRAIN_SECONDS", 20, 0, 3_600)),
                variables.text("SPE_POD_NAME").orElse("unnamed"),
                variables.url("OTEL_EXPORTER_OTLP_ENDPOINT"),
                variables.text("SPE_AUDIT_OTLP").map("true"::equals).orElse(false),
                variables.path("SPE_AUDIT_FILE"));
    }

    private record Variables(Map<String, String> environment) {

        Optional<String> text(String name) {
            return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
        }

        Optional<Path> path(String name) {
            return text(name).map(Path::of);
        }

        Optional<URI> url(String name) {
            Optional<URI> url;
            try {
                url = text(name).map(URI::create);
            } catch (IllegalArgumentException e) {
                throw new ConfigException(name + " must be a URL");
            }
            if (url.isPresent()
                    && (url.get().getHost() == null
                            || !List.of("http", "https")
                                    .contains(String.valueOf(url.get().getScheme())))) {
                throw new ConfigException(name + " must be an http or https URL with a host");
            }
            return url;
        }

        int number(String name, int otherwise, int least, int most) {
            Optional<String> text = text(name);
            if (text.isEmpty()) {
                return otherwise;
            }
            try {
                int value = Integer.parseInt(text.get());
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // said below, with the range
            }
            throw new ConfigException(name + " must be a number from " + least + " to " + most);
        }
    }
}
