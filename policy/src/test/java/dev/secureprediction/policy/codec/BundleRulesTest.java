package dev.secureprediction.policy.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BundleRulesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/contractDigest|\"v1:123\"",
                "/contractDigest|\"sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"",
                "/endpoint/namespace|\"a.b\"",
                "/endpoint/name|\"Support\"",
                "/endpoint/environment|\"../production\"",
                "/surfaces|[]",
                "/surfaces/1|\"VertexPredict\"",
                "/issuers|[]",
                "/issuers/0/name|\"Okta\"",
                "/issuers/0/name|\"\"",
                "/issuers/0/url|\"http://acme.okta.com\"",
                "/issuers/0/url|\"https://user@acme.okta.com\"",
                "/issuers/0/url|\"https://acme.okta.com?x=1\"",
                "/issuers/0/url|\"https://acme.okta.com/a/../b\"",
                "/issuers/0/url|\"https:///a\"",
                "/issuers/0/audiences|[]",
                "/issuers/0/audiences/0|\" \"",
                "/issuers/0/audiences/1|\"api://prediction-production\"",
                "/issuers/0/algorithms|[]",
                "/issuers/0/algorithms/0|\"HS256\"",
                "/issuers/0/algorithms/0|\"none\"",
                "/issuers/0/algorithms/0|\"None\"",
                "/issuers/0/algorithms/0|\"rs256\"",
                "/issuers/0/algorithms/0|\"RSA1_5\"",
                "/issuers/0/algorithms/0|\"dir\"",
                "/issuers/0/claims/subject|\"\"",
                "/issuers/0/keys/caBundle|\"no certificate\"",
                "/issuers/0/maxStaleSeconds|-1",
                "/issuers/0/maxTokenLifetimeSeconds|0",
                "/issuers/0/tokenTypes/0|\"\"",
                "/bindings/a-b|\"group\"",
                "/bindings/analysts|\"\"",
                "/roles|[]",
                "/roles/0/name|\"a b\"",
                "/roles/0/issuers|[]",
                "/roles/0/issuers/0|\"entra\"",
                "/roles/0/issuers/1|\"okta\"",
                "/roles/0/when|\" \"",
                "/roles/0/actions|[]",
                "/roles/0/actions/1|\"Predict\"",
                "/request/maxBytes|0",
                "/request/maxBytes|-1",
                "/request/maxBytes|1000000000",
                "/request/schema|[]",
                "/request/schema|\"true\"",
                "/timeouts/connectMilliseconds|0",
                "/timeouts/firstByteMilliseconds|-5",
                "/timeouts/idleMilliseconds|600001",
                "/timeouts/totalMilliseconds|0",
                "/timeouts/totalMilliseconds|86400000",
                "/upstream/project|\"a\"",
                "/upstream/project|\"acme/../evil\"",
                "/upstream/projectNumber|\"0123\"",
                "/upstream/projectNumber|\"12a\"",
                "/upstream/location|\"europe/west4\"",
                "/upstream/location|\"evil.com/\"",
                "/upstream/location|\"\"",
                "/upstream/model/publisher|\"google/models/x\"",
                "/upstream/model/name|\"gemini:predict\"",
                "/upstream/model/name|\"..\"",
                "/upstream/model/name|\"a/b\""
            })
    void refuses_and_names_the_field(String pointer, String value) {
        InvalidPolicyException e = catchThrowableOfType(
                InvalidPolicyException.class, () -> PolicyCodec.read(Trees.bundleWith(pointer, value)));

        assertThat(e).as("%s = %s", pointer, value).isNotNull();
        assertThat(e.pointer()).isEqualTo(pointer);
        assertThat(e.problem()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://aiplatform.googleapis.com",
                "aiplatform.googleapis.com/",
                "aiplatform.googleapis.com/v1",
                "user@aiplatform.googleapis.com",
                "aiplatform.googleapis.com@evil.com",
                "aiplatform.googleapis.com:0",
                "aiplatform.googleapis.com:65536",
                "aiplatform.googleapis.com:443:443",
                "aiplatform.googleapis.com:",
                "aiplatform.googleapis.com#",
                "aiplatform.googleapis.com?",
                "AIPLATFORM.googleapis.com",
                "aiplatform。googleapis.com",
                "-a.example",
                "a..example",
                ".example",
                "",
                "[::1]:443",
                "a.example\\r\\nHost: b"
            })
    void takes_nothing_but_host_and_port_as_authority(String authority) {
        InvalidPolicyException e = catchThrowableOfType(
                InvalidPolicyException.class,
                () -> PolicyCodec.read(Trees.bundleWith("/upstream/authority", "\"" + authority + "\"")));

        assertThat(e).as(authority).isNotNull();
        assertThat(e.pointer()).isEqualTo("/upstream/authority");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/upstream/authority|\"127.0.0.1:8443\"",
                "/upstream/authority|\"1234.europe-west4-100000000004.prediction.vertexai.goog\"",
                "/upstream/location|\"global\"",
                "/upstream/location|\"us\"",
                "/upstream/project|\"example.com:acme-ml\"",
                "/upstream/model|{\"kind\":\"Endpoint\",\"endpointId\":\"spe-churn-0a1b2c3d\"}",
                "/upstream/model|{\"kind\":\"Endpoint\",\"endpointId\":\"1234567890123456789\"}",
                "/upstream/model|{\"kind\":\"Publisher\",\"publisher\":\"anthropic\",\"name\":\"claude-sonnet-4-5@20250929\"}",
                "/issuers/0/keys|{\"kind\":\"Carried\"}",
                "/issuers/0/keys|{\"kind\":\"Jwks\",\"url\":\"https://127.0.0.1:9000/v1/keys\"}",
                "/issuers/0/url|\"https://sts.windows.net/0a1b/\"",
                "/issuers/0/algorithms|[\"ES256\",\"PS512\"]"
            })
    void takes_what_google_and_issuers_have(String pointer, String value) {
        assertThatCode(() -> PolicyCodec.read(Trees.bundleWith(pointer, value))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/tokenUrl|\"http://sts.googleapis.com/v1/token\"",
                "/tokenUrl|\"file:///etc/passwd\"",
                "/impersonationUrl|\"https://a@iamcredentials.googleapis.com/v1/x\"",
                "/audience|\"//evil.com/projects/1/locations/global/workloadIdentityPools/p/providers/v\"",
                "/audience|\"//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/../v\""
            })
    void federation_goes_to_named_places_over_https(String field, String value) {
        String credential = """
                {"kind":"Federation","tokenUrl":"https://sts.googleapis.com/v1/token",\
                "impersonationUrl":"https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/a@b:generateAccessToken",\
                "audience":"//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/v"}""";
        byte[] good = Trees.bundleWith("/upstream/credential", credential);
        String was = Trees.of(credential).at(field).toString();
        byte[] bad = Trees.bundleWith("/upstream/credential", credential.replace(was, value));

        assertThatCode(() -> PolicyCodec.read(good)).doesNotThrowAnyException();
        assertThat(catchThrowableOfType(InvalidPolicyException.class, () -> PolicyCodec.read(bad))
                        .pointer())
                .isEqualTo("/upstream/credential" + field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/issuers", "/roles"})
    void names_are_unique(String list) {
        String first = Trees.usualBundle().at(list + "/0").toString();

        InvalidPolicyException e = catchThrowableOfType(
                InvalidPolicyException.class, () -> PolicyCodec.read(Trees.bundleWith(list + "/1", first)));

        assertThat(e.pointer()).isEqualTo(list + "/1/name");
        assertThat(e).hasMessageContaining("twice");
    }

    @ParameterizedTest
    @CsvSource({"/issuers,17", "/roles,33", "/bindings,65"})
    void lists_are_bounded(String list, int tooMany) {
        StringBuilder json = new StringBuilder();
        String first = Trees.usualBundle().at(list + "/0").toString();
        for (int i = 0; i < tooMany; i++) {
            json.append(i == 0 ? "" : ",")
                    .append(list.equals("/bindings") ? "\"b" + i + "\":\"group\"" : named(first, "n" + i));
        }
        String value = list.equals("/bindings") ? "{" + json + "}" : "[" + json + "]";

        InvalidPolicyException e = catchThrowableOfType(
                InvalidPolicyException.class, () -> PolicyCodec.read(Trees.bundleWith(list, value)));

        assertThat(e.pointer()).isEqualTo(list);
        assertThat(e).hasMessageContaining("entries");
    }

    private static String named(String json, String name) {
        return json.replaceFirst("\"name\":\"[a-z]+\"", "\"name\":\"" + name + "\"");
    }
}
