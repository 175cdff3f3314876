package dev.secureprediction.gateway.config;

import static dev.secureprediction.gateway.config.GatewayVariable.GCE_METADATA_HOST;
import static dev.secureprediction.gateway.config.GatewayVariable.OTEL_EXPORTER_OTLP_ENDPOINT;
import static dev.secureprediction.gateway.config.GatewayVariable.SPE_ADMIN_PORT;
import static dev.secureprediction.gateway.config.GatewayVariable.SPE_AUDIT_FILE;
import static dev.secureprediction.gateway.config.GatewayVariable.SPE_AUDIT_OTLP;
import static dev.secureprediction.gateway.config.GatewayVariable.SPE_BIND_ADDRESS;
import static dev.secureprediction.gateway.config.GatewayVariable.SPE_DRAIN_SECONDS;
import static dev.secureprediction.gateway.config.GatewayVariable.SPE_FEDERATION_TOKEN_FILE;
import static dev.secureprediction.gateway.config.GatewayVariable.SPE_POD_NAME;
import static dev.secureprediction.gateway.config.GatewayVariable.SPE_POLICY_DIRECTORY;
import static dev.secureprediction.gateway.config.GatewayVariable.SPE_PORT;
import static dev.secureprediction.gateway.config.GatewayVariable.SPE_STORE_DIRECTORY;
import static dev.secureprediction.gateway.config.GatewayVariable.SPE_TLS_DIRECTORY;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the environment says, as {@link GatewayVariable} explains it. The operator renders these variables. */
public record GatewayConfig(
        Path policyDirectory,
        Optional<Path> tlsDirectory,
        String bindAddress,
        int port,
        int adminPort,
        Optional<Path> federationTokenFile,
        String metadataHost,
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
                Path.of(variables.textOrDefault(SPE_POLICY_DIRECTORY)),
                variables.path(SPE_TLS_DIRECTORY),
                variables.textOrDefault(SPE_BIND_ADDRESS),
                variables.number(SPE_PORT),
                variables.number(SPE_ADMIN_PORT),
                variables.path(SPE_FEDERATION_TOKEN_FILE),
                variables.authority(GCE_METADATA_HOST),
                variables.path(SPE_STORE_DIRECTORY),
                Duration.ofSeconds(variables.number(SPE_DRAIN_SECONDS)),
                variables.textOrDefault(SPE_POD_NAME),
                variables.url(OTEL_EXPORTER_OTLP_ENDPOINT),
                variables.textOrDefault(SPE_AUDIT_OTLP).equals("true"),
                variables.path(SPE_AUDIT_FILE));
    }

    private record Variables(Map<String, String> environment) {

        Optional<String> text(GatewayVariable name) {
            return Optional.ofNullable(environment.get(name.name())).filter(value -> !value.isBlank());
        }

        String textOrDefault(GatewayVariable name) {
            return text(name).orElse(name.fallback());
        }

        Optional<Path> path(GatewayVariable name) {
            return text(name).map(Path::of);
        }

        String authority(GatewayVariable name) {
            String authority = textOrDefault(name);
            if (!authority.matches("[A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?")) {
                throw new ConfigException(name + " must be a host, or a host and a port");
            }
            return authority;
        }

        Optional<URI> url(GatewayVariable name) {
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

        int number(GatewayVariable name) {
            try {
                int value = Integer.parseInt(textOrDefault(name));
                if (value >= 0 && value <= name.most()) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // said below, with the range
            }
            throw new ConfigException(name + " must be a number from 0 to " + name.most());
        }
    }
}
