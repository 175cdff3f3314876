package dev.secureprediction.operator.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.secureprediction.operator.api.v1alpha1.environment.PredictionEnvironmentSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The platform team edits an environment; an endpoint has not got the edit yet. */
final class EditionTest {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String DEFAULT_IMAGE = "gateway:1";
    private static final String OKTA = "{name: okta, url: https://okta.example.com, audiences: [a, b]}";
    private static final String PING = "{name: ping, url: https://ping.example.com, audiences: [c]}";
    private static final String GOOGLE =
            "google: {project: acme-ml-qa, operatorServiceAccount: a@b, locations: [europe-west4], workloadIdentity:"
                    + " {gke: {pool: p}}}\n";
    private static final String BEFORE = GOOGLE + "issuers: [" + OKTA + ", " + PING + "]\n"
            + "require: {maxTokenLifetimeSeconds: 3600, gatewayMinReplicas: 2}\n"
            + "gateway: {image: one, trustedProxies: [10.0.0.0/8, 192.168.0.0/16]}\n"
            + "allow: [{models: [churn]}]\n";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
        , {name: ping, url: https://ping.example.com, audiences: [c]} |
        audiences: [a, b]             | audiences: [a]
        maxTokenLifetimeSeconds: 3600 | maxTokenLifetimeSeconds: 600
        {maxTokenLifetimeSeconds      | {revokeExcess: true, approval: Platform, deletionPolicy: Retain, maxTokenLifetimeSeconds
        , 192.168.0.0/16              |
        """)
    void whatIsOnlyTakenAwayHoldsAtOnce(String text, String edit) {
        var now = read(BEFORE.replace(text, edit == null ? "" : edit));

        var meanwhile = edition(read(BEFORE)).meanwhile(now);

        assertThat(now).isNotEqualTo(read(BEFORE));
        assertThat(edition(meanwhile)).isEqualTo(edition(now));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
        audiences: [c]                | audiences: [c, d]
        https://ping.example.com      | https://other.example.com
        audiences: [a, b]             | audiences: [a, x]
        image: one                    | image: two
        gatewayMinReplicas: 2         | gatewayMinReplicas: 3
        {maxTokenLifetimeSeconds      | {guardrails: [{name: x, denyPatterns: {patterns: [y]}}], maxTokenLifetimeSeconds
        maxTokenLifetimeSeconds: 3600 | maxTokenLifetimeSeconds: 7200
        10.0.0.0/8, 192.168.0.0/16    | 10.0.0.0/16
        [europe-west4]                | [europe-west4, us-central1]
        """)
    void whatBringsInSomethingWaits(String text, String edit) {
        var now = read(BEFORE.replace(text, edit));

        var meanwhile = edition(read(BEFORE)).meanwhile(now);

        assertThat(now).isNotEqualTo(read(BEFORE));
        assertThat(edition(meanwhile)).isEqualTo(edition(read(BEFORE)));
    }

    @Test
    void ofAnEditThatDoesBothTheTakingHoldsAtOnce() {
        var now = read(BEFORE.replace("image: one", "image: two")
                .replace("Seconds: 3600", "Seconds: 600")
                .replace(", " + PING, ""));

        var meanwhile = edition(read(BEFORE)).meanwhile(now);

        assertThat(meanwhile.gatewayOrDefault().image()).isEqualTo("one");
        assertThat(meanwhile.requireOrDefault().maxTokenLifetimeSeconds()).isEqualTo(600);
        assertThat(meanwhile.issuers()).hasSize(1);
    }

    @Test
    void whoMayComeInAndWhoIsRevokedIsNeverOld() {
        var now = read(BEFORE.replace("churn", "fraud").replace("one", "two")
                + "revoked: {subjects: [{issuer: okta, subject: mallory}]}\nmanagementPolicy: Paused\n");

        var meanwhile = edition(read(BEFORE)).meanwhile(now);

        assertThat(meanwhile.allow()).isEqualTo(now.allow());
        assertThat(meanwhile.revoked()).isEqualTo(now.revoked());
        assertThat(meanwhile.managementPolicy()).isEqualTo(now.managementPolicy());
        assertThat(meanwhile.gatewayOrDefault().image()).isEqualTo("one");
    }

    @Test
    void nothingSaidInOtherWordsIsNoEdit() {
        assertThat(edition(read(GOOGLE + "issuers: [" + OKTA + "]\nrequire: {audit: {}}\ngateway: {store: {}}\n")))
                .isEqualTo(edition(read(GOOGLE + "issuers: [" + OKTA + "]\n")));
    }

    @Test
    void aNewDefaultImageOfANewOperatorIsAnEditThatWaits() {
        var unnamed = read(BEFORE.replace("image: one, ", ""));
        var before = Edition.of(unnamed, DEFAULT_IMAGE);

        var meanwhile = before.meanwhile(unnamed);

        assertThat(Edition.of(unnamed, "gateway:2")).isNotEqualTo(before);
        assertThat(meanwhile.gatewayOrDefault().image()).isEqualTo(DEFAULT_IMAGE);
        assertThat(Edition.of(meanwhile, "gateway:2")).isEqualTo(before);
        // where the environment names one, another default means nothing
        assertThat(Edition.of(read(BEFORE), "gateway:2")).isEqualTo(edition(read(BEFORE)));
    }

    @Test
    void anEditionThatKeptNoImageTakesTheDefaultAtOnce() {
        // as operators before wrote them
        var unnamed = read(BEFORE.replace("image: one, ", ""));
        var kept = Edition.read(edition(unnamed).text().replace(",\"image\":\"gateway:1\"", ""))
                .orElseThrow();

        assertThat(kept).isNotEqualTo(edition(unnamed));
        assertThat(edition(kept.meanwhile(unnamed))).isEqualTo(edition(unnamed));
    }

    @Test
    void itIsReadAsItWasKept() {
        var edition = edition(read(BEFORE));

        assertThat(Edition.read(edition.text())).contains(edition);
        assertThat(Edition.read("{}")).isEmpty();
        assertThat(Edition.read("no")).isEmpty();
    }

    private static Edition edition(PredictionEnvironmentSpec spec) {
        return Edition.of(spec, DEFAULT_IMAGE);
    }

    private static PredictionEnvironmentSpec read(String yaml) {
        try {
            return YAML.readValue(yaml, PredictionEnvironmentSpec.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
