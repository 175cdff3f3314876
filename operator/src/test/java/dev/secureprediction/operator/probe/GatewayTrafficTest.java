package dev.secureprediction.operator.probe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What a record says of the traffic that a contract saw. */
final class GatewayTrafficTest {

    @Test
    void refusedCallsAreNoFailures() {
        var calls = GatewayTraffic.read("""
                # TYPE spe_gateway_call_seconds histogram
                spe_gateway_call_seconds_bucket{action="Predict",code="OK",surface="GeminiGenerate",le="0.5"} 7
                spe_gateway_call_seconds_count{action="Predict",code="OK",surface="GeminiGenerate"} 90
                spe_gateway_call_seconds_count{action="Predict",code="ACCESS_DENIED",surface="GeminiGenerate"} 5
                spe_gateway_call_seconds_count{action="Predict",code="UPSTREAM_FIRST_BYTE_TIMEOUT",surface="GeminiGenerate"} 3.0
                spe_gateway_call_seconds_count{action="none",code="KEYS_UNAVAILABLE",surface="none"} 2
                spe_gateway_call_seconds_sum{action="Predict",code="OK",surface="GeminiGenerate"} 11.5
                """);

        assertThat(calls).isEqualTo(new GatewayTraffic.Calls(100, 5));
    }

    @Test
    void noMetricsAreNoCalls() {
        assertThat(GatewayTraffic.read("")).isEqualTo(new GatewayTraffic.Calls(0, 0));
    }
}
