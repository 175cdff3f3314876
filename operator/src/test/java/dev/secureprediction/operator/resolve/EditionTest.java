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

        var meanwhile = Edition.of(read(BEFORE)).meanwhile(now);

        assertThat(now).isNotEqualTo(read(BEFORE));
        assertThat(Edition.of(meanwhile)).isEqualTo(Edition.of(now));
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

        var meanwhile = Edition.of(read(BEFORE)).meanwhile(now);

        assertThat(now).isNotEqualTo(read(BEFORE));
        assertThat(Edition.of(meanwhile)).isEqualTo(Edition.of(read(BEFORE)));
    }

    @Test
    void ofAnEditThatDoesBothTheTakingHoldsAtOnce() {
        var now = read(BEFORE.replace("image: one", "image: two")
                .replace("Seconds: 3600", "Seconds: 600")
                .replace(", " + PING, ""));

        var meanwhile = Edition.of(read(BEFORE)).meanwhile(now);

        assertThat(meanwhile.gatewayOrDefault().image()).isEqualTo("one");
        assertThat(meanwhile.requireOrDefault().maxTokenLifetimeSeconds()).isEqualTo(600);
        assertThat(meanwhile.issuers()).hasSize(1);
    }

    @Test
    void whoMayComeInAndWhoIsRevokedIsNeverOld() {
        var now = read(BEFORE.replace("churn", "fraud").replace("one", "two")
                + "revoked: {subjects: [{issuer: okta, subject: mallory}]}\nmanagementPolicy: Paused\n");

        var meanwhile = Edition.of(read(BEFORE)).meanwhile(now);

        assertThat(meanwhile.allow()).isEqualTo(now.allow());
        assertThat(meanwhile.revoked()).isEqualTo(now.revoked());
        assertThat(meanwhile.managementPolicy()).isEqualTo(now.managementPolicy());
        assertThat(meanwhile.gatewayOrDefault().image()).isEqualTo("one");
    }

    @Test
    void nothingSaidInOtherWordsIsNoEdit() {
        assertThat(Edition.of(read(GOOGLE + "issuers: [" + OKTA + "]\nrequire: {audit: {}}\ngateway: {store: {}}\n")))
                .isEqualTo(Edition.of(read(GOOGLE + "issuers: [" + OKTA + "]\n")));
    }

    @Test
    void itIsReadAsItWasKept() {
        var edition = Edition.of(read(BEFORE));

        assertThat(Edition.read(edition.text())).contains(edition);
        assertThat(Edition.read("{}")).isEmpty();
        assertThat(Edition.read("no")).isEmpty();
    }

    private static PredictionEnvironmentSpec read(String yaml) {
        try {
            return YAML.readValue(yaml, PredictionEnvironmentSpec.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
