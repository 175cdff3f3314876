package dev.secureprediction.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.secureprediction.gateway.support.GatewayWorld;
import dev.secureprediction.gateway.support.Policies;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A unary prediction through the gateway as a process. */
final class PredictIT {
    private static final String BODY = "{\"instances\":[{\"tenure\":9007199254740993,\"x\":1.10}]}";
    private static GatewayWorld world;

    @BeforeAll
    static void start() {
        world = GatewayWorld.start(GatewayWorld.newFolder(), Policies::churn);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void forget() {
        world.model().behaveWell();
        world.model().forget();
    }

    @Test
    void anAnalystPredictsAndTheBodyGoesOnByteForByte() {
        // when an analyst predicts
        HttpResponse<String> response = world.send(world.analystPosts(GatewayWorld.endpointPath("predict"), BODY));

        // then the model's answer comes back as it is
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).contains("9007199254740993");

        // and the model saw the same bytes, the gateway's own credential, and nothing else of the caller's head
        var upstream = world.model().onlyRequest();
        assertThat(upstream.contentUtf8()).isEqualTo(BODY);
        assertThat(upstream.path()).isEqualTo(GatewayWorld.endpointPath("predict"));
        assertThat(upstream.headers().get("authorization"))
                .isEqualTo("Bearer " + world.metadata().token());
    }

    @Test
    void theCallIsRecordedWithWhoAndWhy() {
        // when an analyst predicts
        HttpResponse<String> response = world.send(world.analystPosts(GatewayWorld.endpointPath("predict"), BODY));

        // then its record says who, what, why and how long
        JsonNode record = world.gateway()
                .audit(response.headers().firstValue("x-request-id").orElseThrow());
        assertThat(record.path("issuer").asText()).isEqualTo("okta");
        assertThat(record.path("role").asText()).isEqualTo("analyst");
        assertThat(record.path("decision").asText()).isEqualTo("Permit");
        assertThat(record.path("upstreamStatus").asInt()).isEqualTo(200);
        assertThat(record.path("policyDigest").asText()).startsWith("sha256:");
        assertThat(record.path("bytesIn").asInt()).isEqualTo(BODY.length());
    }

    @Test
    void aPersonWithoutARoleIsDenied() {
        // given a token of a person in no group
        String token = world.issuer().token("guest@example.com", Policies.AUDIENCE);

        // when that person predicts
        HttpResponse<String> response = world.send(world.postsWith(token, GatewayWorld.endpointPath("predict"), BODY));

        // then the answer names no role and the model hears nothing
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body())
                .contains("ACCESS_DENIED")
                .doesNotContain("analyst")
                .doesNotContain("ml-");
        assertThat(world.model().requests()).isEmpty();
    }
}
