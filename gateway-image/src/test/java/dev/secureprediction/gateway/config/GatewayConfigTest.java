package dev.secureprediction.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the environment may say. */
final class GatewayConfigTest {

    @Test
    void anEmptyEnvironmentIsTheImagesOwn() {
        GatewayConfig config = GatewayConfig.from(Map.of());
        assertThat(config.policyDirectory()).isEqualTo(Path.of("/etc/spe/policy"));
        assertThat(config.tlsDirectory()).isEmpty();
        assertThat(config.port()).isEqualTo(8443);
        assertThat(config.adminPort()).isEqualTo(8081);
        assertThat(config.drain()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void aWrongNumberIsNamed() {
        assertThatThrownBy(() -> GatewayConfig.from(Map.of("SPE_PORT", "https")))
                .isInstanceOf(ConfigException.class)
                .hasMessage("SPE_PORT must be a number from 0 to 65535");
    }
}
