package dev.secureprediction.operator.cloud.google;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every call to Google is counted by method and code, over gRPC and REST alike, and by nothing without bounds. */
final class CallMetricsIT {

    private final GoogleSandbox google = new GoogleSandbox();

    @AfterEach
    void stop() {
        google.close();
    }

    @Test
    void calls_are_counted_by_method_and_code() {
        google.up(google.deployed("counted"));
        google.cloud().faults().fail("GetEndpoint", Code.UNAVAILABLE, 1);
        google.applier().converge(google.deployed("counted"), Optional.empty());

        assertThat(count("IAM.CreateServiceAccount", "OK")).isEqualTo(1);
        assertThat(count("EndpointService.DeployModel", "OK")).isEqualTo(1);
        assertThat(count("EndpointService.GetEndpoint", "NOT_FOUND")).isPositive();
        assertThat(count("EndpointService.GetEndpoint", "UNAVAILABLE")).isEqualTo(1);
        assertThat(count("EndpointService.setIamPolicy", "OK")).isEqualTo(1);
        assertThat(google.calls().getMeters())
                .allSatisfy(meter -> assertThat(meter.getId().getTags())
                        .extracting(tag -> tag.getKey())
                        .containsExactlyInAnyOrder("method", "code"));
    }

    private long count(String method, String code) {
        var timer = google.calls()
                .find("spe.google.calls")
                .tag("method", method)
                .tag("code", code)
                .timer();
        return timer == null ? 0 : timer.count();
    }
}
