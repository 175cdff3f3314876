package dev.secureprediction.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.secureprediction.gateway.pipeline.Snapshots;
import dev.secureprediction.gateway.policy.PolicySnapshot;
import dev.secureprediction.gateway.support.Policies;
import dev.secureprediction.policy.model.GatewayRules;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What an endpoint says of itself. */
final class DocumentsTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern OUTSIDE = Pattern.compile("(src|href)\\s*=\\s*[\"']?(https?:)?//");

    private final Documents documents = new Documents();

    private static PolicySnapshot policy(boolean docs, String schema) throws Exception {
        Policies policies = Policies.gemini("https://issuer.example", "model.example:443")
                .request(1 << 20, Optional.of(JSON.readTree(schema)))
                .gateway(new GatewayRules(1, Optional.empty(), List.of(), List.of(), docs));
        return Snapshots.of(policies);
    }

    @Test
    void nothingIsShownUnlessAskedFor() throws Exception {
        assertThat(documents.has("GET", "/docs", policy(false, "{}"))).isFalse();
        assertThat(documents.has("POST", "/docs", policy(true, "{}"))).isFalse();
        assertThat(documents.has("GET", "/docs/", policy(true, "{}"))).isFalse();
        assertThat(documents.has("GET", "/docs", policy(true, "{}"))).isTrue();
    }

    @Test
    void theDocumentHasPathsSchemaAndErrorsAndNoRoles() throws Exception {
        PolicySnapshot policy = policy(
                true,
                "{\"type\":\"object\",\"properties\":{\"contents\":{\"$ref\":\"#/$defs/c\"}},\"$defs\":{\"c\":{\"type\":\"array\"}}}");
        String text = new String(documents.get("/openapi.json", policy).body(), StandardCharsets.UTF_8);
        JsonNode document = JSON.readTree(text);

        assertThat(document.path("openapi").asText()).startsWith("3.1");
        JsonNode generate = document.path("paths")
                .path(
                        "/v1/projects/acme-ml-qa/locations/europe-west4/publishers/google/models/gemini-2.5-flash:generateContent")
                .path("post");
        assertThat(generate.path("responses").path("401").path("x-error-codes").toString())
                .contains("TOKEN_EXPIRED");
        assertThat(generate.path("responses")
                        .at("/403/content")
                        .path("application/json; charset=UTF-8")
                        .at("/examples/ACCESS_DENIED/value/error/status")
                        .asText())
                .isEqualTo("PERMISSION_DENIED");
        assertThat(document.at("/components/schemas/Request/properties/contents/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/Request/$defs/c");
        assertThat(document.at("/components/schemas/Request/$defs/c/type").asText())
                .isEqualTo("array");
        assertThat(text).doesNotContain("analyst").doesNotContain("ml-analysts").doesNotContain("issuer.example");
    }

    @Test
    void thePageNeedsNothingFromElsewhere() throws Exception {
        // given a schema that tries to end the script it stands in
        Document page = documents.get("/docs", policy(true, "{\"title\":\"</script><script>alert(1)</script>\"}"));
        String html = new String(page.body(), StandardCharsets.UTF_8);

        // then it cannot, nothing is fetched, and only the two known scripts may run
        assertThat(html)
                .doesNotContain("<script>alert(1)")
                .doesNotContain("<!--")
                .contains("SwaggerUIBundle");
        assertThat(html.split("<script", -1)).hasSizeLessThan(10);
        assertThat(OUTSIDE.matcher(html.substring(0, html.indexOf("<style>"))).find())
                .isFalse();
        assertThat(page.contentSecurityPolicy().orElseThrow())
                .contains("default-src 'none'")
                .contains("script-src 'sha256-")
                .doesNotContain("unsafe-eval")
                .doesNotContain("connect-src");
    }
}
