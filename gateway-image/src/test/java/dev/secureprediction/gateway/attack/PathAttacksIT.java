package dev.secureprediction.gateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.secureprediction.gateway.support.Policies;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that lead somewhere else, or are said to. */
final class PathAttacksIT {
    private static final Set<Integer> NOT_HERE = Set.of(400, 404);
    private static Attacked gateway;

    @BeforeAll
    static void start() {
        gateway = Attacked.start();
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @BeforeEach
    void calm() {
        gateway.calm();
    }

    private static RawAnswer post(String target) {
        return post(List.of(target)).getFirst();
    }

    private static List<RawAnswer> post(List<String> targets) {
        return gateway.eachRaw(targets.stream()
                .map(target ->
                        gateway.request("POST " + target + " HTTP/1.1", "Content-Length: " + Attacked.BODY.length())
                                + "\r\n" + Attacked.BODY)
                .toList());
    }

    private static String path(String project, String location, String endpoint, String verb) {
        return "/v1/projects/" + project + "/locations/" + location + "/endpoints/" + endpoint + ":" + verb;
    }

    @ParameterizedTest(name = "A46 location {0}")
    @ValueSource(
            strings = {
                "evil.com/",
                "evil.com",
                "169.254.169.254#",
                "169.254.169.254",
                "x@y",
                "europe-west4@evil.com",
                "europe-west4%23",
                "%23",
                "europe-west4%2f..",
                "europe-west4%00",
                "europe-west4%0d%0aHost:x",
                "europe\u2024west4",
                "europe\u3002west4",
                "europe\uff0ewest4",
                "EUROPE-WEST4",
                "Europe-west4",
                "europe-west4.",
                "europe-west4:443",
                "europe-west4\\",
                "europe-west4;x=1",
                "europe-west4?x",
                "../locations/europe-west4",
                "./europe-west4",
                "..",
                ".",
                "",
                "-europe-west4",
                "evil.com/?",
                "localhost:22/",
                "[::1]",
                "%65urope-west4",
                "europe_west4",
                "*"
            })
    @DisplayName("A46 a location that would become a host")
    void a46_locations(String location) {
        RawAnswer answer = post(utf8(path(Policies.PROJECT, location, Policies.ENDPOINT, "predict")));

        gateway.assertRefused(answer, Set.of(400, 403, 404));
        // no credential was minted for anything that a caller named
        assertThat(gateway.world().metadata().minted()).isLessThanOrEqualTo(1);
    }

    /** The raw client writes one byte per character. */
    private static String utf8(String text) {
        return new String(
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest(name = "A46 {0}")
    @ValueSource(
            strings = {
                "http://evil.example/v1",
                "https://169.254.169.254/computeMetadata/v1",
                "//evil.example/v1",
                "http://user:pass@evil.example/",
                "*",
                "evil.example:443",
                "file:///etc/passwd",
                "/\\evil.example",
                "/v1/../../etc/passwd",
                "/%2e%2e/%2e%2e",
                "/v1/projects/..%2f..%2f",
                "//v1/projects/acme-ml-qa/locations/europe-west4/endpoints/spe-churn-1a2b3c4d:predict",
                "/v1//projects/acme-ml-qa/locations/europe-west4/endpoints/spe-churn-1a2b3c4d:predict",
                "/./v1/projects/acme-ml-qa/locations/europe-west4/endpoints/spe-churn-1a2b3c4d:predict",
                "/x/../v1/projects/acme-ml-qa/locations/europe-west4/endpoints/spe-churn-1a2b3c4d:predict",
                "/V1/projects/acme-ml-qa/locations/europe-west4/endpoints/spe-churn-1a2b3c4d:predict",
                "/v1beta2/projects/acme-ml-qa/locations/europe-west4/endpoints/spe-churn-1a2b3c4d:predict",
                "/ui/projects/acme-ml-qa/locations/europe-west4/endpoints/spe-churn-1a2b3c4d:predict",
                "/v1/Projects/acme-ml-qa/locations/europe-west4/endpoints/spe-churn-1a2b3c4d:predict",
                "/v1/projects/acme-ml-qa/locations/europe-west4/endpoints/spe-churn-1a2b3c4d%3Apredict",
                "/v1/projects/acme-ml-qa/locations/europe-west4/endpoints/spe-churn-1a2b3c4d:predict/",
                "/v1/projects/acme-ml-qa/locations/europe-west4/endpoints/spe-churn-1a2b3c4d:predict;x",
                "/v1/projects/acme-ml-qa/locations/europe-west4/endpoints/spe-churn-1a2b3c4d:predict#x",
                "/v1/projects/acme-ml-qa/locations/europe-west4/endpoints/spe-churn-1a2b3c4d:predict%00",
                "/v1/projects/acme-ml-qa/locations/europe-west4/endpoints/spe-churn-1a2b3c4d:predict%20",
                "/v1/projects/acme-ml-qa/locations/europe-west4/endpoints/spe-churn-1a2b3c4d/../x:predict"
            })
    @DisplayName("A46 targets that are read in more than one way")
    void a46_targets(String target) {
        gateway.assertRefused(post(target), NOT_HERE);
    }

    @ParameterizedTest(name = "A49 :{0}")
    @ValueSource(
            strings = {
                "PREDICT",
                "Predict",
                "predict:rawPredict",
                "rawPredict:predict",
                "predict:",
                ":predict",
                "",
                "predictx",
                "xpredict",
                "predict%20",
                "rawpredict",
                "delete",
                "deployModel",
                "undeployModel",
                "mutateDeployedModel",
                "setIamPolicy",
                "getIamPolicy",
                "testIamPermissions",
                "explain",
                "directPredict",
                "directRawPredict",
                "generateContent",
                "countTokens",
                "predictLongRunning",
                "fetchPredictOperation",
                "computeTokens",
                "streamingPredict"
            })
    @DisplayName("A49 verbs that are none of ours")
    void a49_verbs(String verb) {
        gateway.assertRefused(
                post(path(Policies.PROJECT, Policies.LOCATION, Policies.ENDPOINT, verb)), Set.of(404), "ROUTE_UNKNOWN");
    }

    @Test
    @DisplayName("A49 other things at the endpoint's path")
    void a49_other_resources() {
        String base = "/v1/projects/" + Policies.PROJECT + "/locations/" + Policies.LOCATION;
        List<String> paths = List.of(
                base + "/endpoints/" + Policies.ENDPOINT,
                base + "/endpoints/" + Policies.ENDPOINT + "/operations/1",
                base + "/endpoints/" + Policies.ENDPOINT + "/chat/completions",
                base + "/endpoints",
                base + "/models/1:predict",
                base + "/publishers/google:predict",
                base + "/endpoints/openapi/chat/completions",
                base,
                "/v1/projects",
                "/");
        for (RawAnswer answer : post(paths)) {
            gateway.assertRefused(answer, Set.of(404), "ROUTE_UNKNOWN");
        }
    }

    @Test
    @DisplayName("A50 another project, region, endpoint or publisher: the same answer for each, there or not")
    void a50_other_resources() {
        List<String> others = List.of(
                path("acme-ml-production", Policies.LOCATION, Policies.ENDPOINT, "predict"),
                path("no-such-project", Policies.LOCATION, Policies.ENDPOINT, "predict"),
                path("100000000004", Policies.LOCATION, Policies.ENDPOINT, "predict"),
                path(Policies.PROJECT + "x", Policies.LOCATION, Policies.ENDPOINT, "predict"),
                path(Policies.PROJECT, "us-central1", Policies.ENDPOINT, "predict"),
                path(Policies.PROJECT, "global", Policies.ENDPOINT, "predict"),
                path(Policies.PROJECT, "europe-west44", Policies.ENDPOINT, "predict"),
                path(Policies.PROJECT, Policies.LOCATION, "spe-churn-other", "predict"),
                path(Policies.PROJECT, Policies.LOCATION, "1234567890", "predict"),
                path(Policies.PROJECT, Policies.LOCATION, Policies.ENDPOINT + "0", "rawPredict"),
                path(Policies.PROJECT, Policies.LOCATION, "openapi", "predict"),
                "/v1/projects/acme-ml-qa/locations/europe-west4/publishers/google/models/gemini-2.5-flash:generateContent",
                "/v1/projects/acme-ml-qa/locations/europe-west4/publishers/google/models/gemini-2.5-pro:predict",
                "/v1beta1/projects/acme-ml-qa/locations/europe-west4/publishers/meta/models/llama:rawPredict");

        String first = "";
        for (RawAnswer answer : post(others)) {
            gateway.assertRefused(answer, Set.of(403), "OTHER_RESOURCE");
            ObjectNode body = (ObjectNode) Attacked.json(answer.body());
            // all but the request's own id is equal
            String plain = body.toString().replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "id");
            first = first.isEmpty() ? plain : first;
            assertThat(plain).isEqualTo(first);
        }
    }

    @Test
    @DisplayName("A50 nobody without a role learns what is granted")
    void a50_no_oracle_for_strangers() {
        String guest = gateway.world().issuer().token("guest@example.com", Policies.AUDIENCE);
        String granted = gateway.send(gateway.world().postsWith(guest, Attacked.PATH, Attacked.BODY))
                .body();
        String other = gateway.send(gateway.world()
                        .postsWith(
                                guest,
                                path(Policies.PROJECT, Policies.LOCATION, "spe-other", "predict"),
                                Attacked.BODY))
                .body();

        assertThat(withoutId(granted)).isEqualTo(withoutId(other));
        gateway.assertNothingUpstream();
    }

    private static String withoutId(String body) {
        return body.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "id");
    }

    @ParameterizedTest(name = "A52 {0}")
    @ValueSource(
            strings = {
                "/livez",
                "/readyz",
                "/healthz",
                "/health",
                "/metrics",
                "/policy",
                "/livez#",
                "/readyz?",
                "/metrics?x",
                "/metrics/",
                "//metrics",
                "/metrics%2f",
                "/policy;x",
                "/admin",
                "/actuator/health",
                "/.well-known/openid-configuration",
                "/v2/health/live",
                "/favicon.ico",
                "/readyz#/v1/projects/acme-ml-qa",
                "/v1/projects/acme-ml-qa/locations/europe-west4/endpoints/spe-churn-1a2b3c4d:predict?/livez",
                "/v1/projects/acme-ml-qa/locations/europe-west4/endpoints/spe-churn-1a2b3c4d:predict#/livez"
            })
    @DisplayName("A52 health and admin paths open no door")
    void a52_health_paths(String target) {
        List<String> anonymous = new ArrayList<>();
        List<String> analyst = new ArrayList<>();
        for (String agent : List.of("kube-probe/1.35", "GoogleHC/1.0")) {
            for (String method : List.of("GET", "POST")) {
                String line = method + " " + target + " HTTP/1.1";
                anonymous.add(line + "\r\nHost: gateway\r\nUser-Agent: " + agent + "\r\n\r\n");
                analyst.add(gateway.request(line, "User-Agent: " + agent, "Content-Length: 0") + "\r\n");
            }
        }
        for (RawAnswer answer : gateway.eachRaw(anonymous)) {
            gateway.assertRefused(answer, Set.of(400, 401, 404));
        }
        for (RawAnswer answer : gateway.eachRaw(analyst)) {
            gateway.assertRefused(answer, Set.of(400, 404));
        }
    }
}
