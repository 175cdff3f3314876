package dev.secureprediction.operator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.secureprediction.operator.resolve.Telemetry;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OperatorCommandTest {

    private final List<OperatorConfig> started = new ArrayList<>();

    @Test
    void twoFlagsAreEnough() {
        assertThat(run("--installation-id=acme", "--gateway-image=gateway:1")).isZero();
        assertThat(started).singleElement().satisfies(config -> {
            assertThat(config.installation().id()).isEqualTo("acme");
            assertThat(config.peers().operatorNamespace()).isEqualTo("secure-prediction-system");
            assertThat(config.leaderElection()).isTrue();
            assertThat(config.port()).isEqualTo(8080);
        });
    }

    @Test
    void leaderElectionCanBeSwitchedOff() {
        run("--installation-id=acme", "--gateway-image=gateway:1", "--leader-election=false");
        assertThat(started)
                .singleElement()
                .satisfies(config -> assertThat(config.leaderElection()).isFalse());
    }

    @Test
    void gatewaysAreToldOfACollector() {
        run(
                "--installation-id=acme",
                "--gateway-image=gateway:1",
                "--otlp-endpoint=http://collector.monitoring.svc:4318",
                "--otlp-audit=true");
        assertThat(started)
                .singleElement()
                .extracting(config -> config.installation().telemetry())
                .isEqualTo(new Telemetry(Optional.of(URI.create("http://collector.monitoring.svc:4318")), true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--installation-id=Acme",
                "--installation-id=-a",
                "--port=70000",
                "--workers=0",
                "--unknown=1",
                "--otlp-endpoint=collector:4318",
                "--otlp-audit=true"
            })
    void aWrongFlagStartsNothing(String flag) {
        assertThat(run("--installation-id=acme", "--gateway-image=gateway:1", flag))
                .isEqualTo(2);
        assertThat(started).isEmpty();
    }

    @Test
    void aMessageNamesTheFlagAndWhatItTakes() {
        assertThatThrownBy(() -> new OperatorConfig(
                        "acme", "g", "ns", "pod", "monitoring", "0.0.0.0", -1, 0, true, Telemetry.NONE, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--port: expected 0 to 65535");
    }

    private int run(String... arguments) {
        return OperatorCommand.run(started::add, arguments);
    }
}
