package dev.secureprediction.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names fit wherever they are used, and two endpoints never share one. */
final class NamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "churn",
                "a",
                "7days",
                "support.chat",
                "an-endpoint-with-a-name-that-is-cut-right-behind-its-dash-and-goes-on-and-on-and-on"
            })
    void everyNameFitsItsPlace(String endpoint) {
        Names names = Names.of("acme", new EndpointKey("team", endpoint));

        assertThat(names.gateway()).matches("[a-z]([-a-z0-9]*[a-z0-9])?").hasSizeLessThanOrEqualTo(46);
        assertThat(names.accountId()).matches("[a-z]([-a-z0-9]*[a-z0-9])").hasSizeBetween(6, 30);
        assertThat(names.endpointId()).matches("[a-z][a-z0-9-]*").hasSizeLessThanOrEqualTo(63);
        assertThat(names.accountId()).doesNotContain("--");
    }

    @Test
    void aNameIsReadableAndStable() {
        Names names = Names.of("acme", new EndpointKey("churn-production", "churn"));

        assertThat(names.gateway()).isEqualTo("churn-07c0d621");
        assertThat(names.accountId()).isEqualTo("spe-churn-07c0d621");
        assertThat(names.endpointId()).isEqualTo("spe-churn-07c0d621");
    }

    @Test
    void anotherNamespaceOrInstallationHasAnotherName() {
        String here = Names.of("acme", new EndpointKey("one", "churn")).gateway();

        assertThat(Names.of("acme", new EndpointKey("two", "churn")).gateway()).isNotEqualTo(here);
        assertThat(Names.of("other", new EndpointKey("one", "churn")).gateway()).isNotEqualTo(here);
    }
}
