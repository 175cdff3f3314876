package dev.secureprediction.policy.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.secureprediction.policy.Bundles;
import dev.secureprediction.policy.model.PolicyBundle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PolicyCodecTest {

    @Test
    void reads_what_it_writes() {
        PolicyBundle bundle = Bundles.usual();

        assertThat(PolicyCodec.read(PolicyCodec.write(bundle))).isEqualTo(bundle);
    }

    @Test
    void leaves_out_what_is_absent() {
        assertThat(new String(PolicyCodec.write(Bundles.usual()), StandardCharsets.UTF_8))
                .doesNotContain("null")
                .doesNotContain("caBundle")
                .doesNotContain("\"schema\"");
    }

    @Test
    void digests_are_of_what_is_written() {
        assertThat(PolicyCodec.digest(Bundles.usual())).matches("sha256:[0-9a-f]{64}");
        assertThat(PolicyCodec.digest(Bundles.usual()))
                .isEqualTo("sha256:" + CanonicalJson.sha256Hex(Trees.usualBundle()));
    }

    @Test
    void keeps_a_schema_as_it_is() {
        byte[] json = Trees.bundleWith("/request/schema", "{\"properties\":{\"a\":{\"const\":null}}}");

        PolicyBundle bundle = PolicyCodec.read(json);

        assertThat(bundle.request().schema()).contains(Trees.of("{\"properties\":{\"a\":{\"const\":null}}}"));
        assertThat(PolicyCodec.read(PolicyCodec.write(bundle))).isEqualTo(bundle);
    }

    @Test
    void will_not_write_a_schema_whose_numbers_would_change() {
        PolicyBundle bundle = PolicyCodec.read(
                Trees.bundleWith("/request/schema", "{\"properties\":{\"a\":{\"maximum\":9007199254740993}}}"));

        assertThatThrownBy(() -> PolicyCodec.write(bundle))
                .isInstanceOfSatisfying(
                        InvalidPolicyException.class,
                        e -> assertThat(e.pointer()).isEqualTo("/request/schema/properties/a/maximum"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "0", "\"1\"", "1.5", "true", "null", "1e400", ""})
    void refuses_other_formats_before_all_else(String version) {
        InvalidPolicyException e = refusal(Trees.bundleWith("/formatVersion", version));

        assertThat(e.pointer()).isEqualTo("/formatVersion");
        assertThat(e).hasMessageContaining("same release");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/extra|1|not a field",
                "/roles/0/extra|1|not a field",
                "/upstream/model/extra|1|not a field",
                "/upstream/credential/key|\"-----BEGIN PRIVATE KEY-----\"|not a field",
                "/issuers/0/keys/url|\"https://a.example\"|not a field",
                "/upstream/model/kind|\"Tuned\"|kind",
                "/surfaces/0|\"Telnet\"|not allowed",
                "/surfaces/0|0|not allowed",
                "/roles/0/actions/0|\"predict\"|not allowed",
                "/roles/0/actions|\"Predict\"|wrong type",
                "/roles/0/when|1|not allowed",
                "/roles/0/when|null|set it",
                "/roles|null|set it",
                "/request/maxBytes|\"10\"|wrong type",
                "/request/maxBytes|1.5|not allowed",
                "/timeouts/totalMilliseconds|null|wrong type",
                "/bindings/analysts|null|set it",
                "/roles/0/issuers/0|null|set it",
                "/issuers/0/maxTokenLifetimeSeconds|true|wrong type",
                "/endpoint|\"production\"|wrong type"
            })
    void names_the_field_and_what_is_wrong(String pointer, String value, String problem) {
        InvalidPolicyException e = refusal(Trees.bundleWith(pointer, value));

        // Jackson reports a bad list or map as a whole
        assertThat(pointer).startsWith(e.pointer());
        assertThat(e.pointer()).isNotEmpty();
        assertThat(e).hasMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/endpoint",
                "/endpoint/name",
                "/contractDigest",
                "/surfaces",
                "/issuers",
                "/issuers/0/audiences",
                "/issuers/0/claims/tenant",
                "/issuers/0/maxStaleSeconds",
                "/bindings",
                "/roles",
                "/roles/0/when",
                "/request",
                "/request/maxBytes",
                "/timeouts/idleMilliseconds",
                "/upstream",
                "/upstream/credential"
            })
    void misses_what_is_required(String pointer) {
        assertThat(refusal(Trees.bundleWith(pointer, ""))).hasMessageContaining("set it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "null", "[]", "1", "\"{}\"", "{", "{}}", "{\"a\":1,}", "// no\n{}", "{'a':1}", "NaN"})
    void refuses_what_is_no_json_object(String text) {
        assertThatThrownBy(() -> PolicyCodec.read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidPolicyException.class);
    }

    @Test
    void refuses_the_same_field_twice() {
        String json = new String(PolicyCodec.write(Bundles.usual()), StandardCharsets.UTF_8);
        String twice = json.replace("\"when\":", "\"when\":\"true\",\"when\":");

        InvalidPolicyException e = refusal(twice.getBytes(StandardCharsets.UTF_8));

        assertThat(e).hasMessageContaining("twice");
        assertThat(e.pointer()).startsWith("/roles/0");
    }

    @Test
    void refuses_what_follows_the_document() {
        byte[] json = PolicyCodec.write(Bundles.usual());
        byte[] doubled = Arrays.copyOf(json, json.length * 2);
        System.arraycopy(json, 0, doubled, json.length, json.length);

        assertThat(refusal(doubled)).hasMessageContaining("closing brace");
    }

    @Test
    void refuses_what_is_too_long() {
        assertThat(refusal(new byte[PolicyCodec.MAX_BYTES + 1])).hasMessageContaining("bytes");
    }

    @Test
    void refuses_what_is_too_deep() {
        String deep = "{\"formatVersion\":1,\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertThat(refusal(deep.getBytes(StandardCharsets.UTF_8))).hasMessageContaining("deeper");
    }

    @Test
    void refuses_numbers_without_end() {
        String long_number = "{\"formatVersion\":1,\"a\":" + "9".repeat(500_000) + "}";

        assertThat(refusal(long_number.getBytes(StandardCharsets.UTF_8))).hasMessageContaining("too long");
    }

    private static InvalidPolicyException refusal(byte[] json) {
        return catchThrowableOfType(InvalidPolicyException.class, () -> PolicyCodec.read(json));
    }
}
