package dev.secureprediction.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.Conditions;
import dev.secureprediction.operator.api.v1alpha1.PredictionVerification;
import dev.secureprediction.operator.api.v1alpha1.status.Condition;
import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.junit.SandboxTest;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Environments are compared where no gate holds anything: it is told, and no application is less healthy for it. */
@SandboxTest
final class ConsistencyIT {

    private static final String STAGING = "compared-staging";
    private static final String PRODUCTION = "compared-production";
    private static final String DISTANT = "compared-distant";
    private static final String NEXT = "compared-next";
    private static final String LATE = "compared-late";
    private static final String FIRST = Chain.letsIn("analysts");
    private static final String SECOND = Chain.letsIn("scientists");
    private static final String THIRD = FIRST.replace("[Predict]", "[Predict, Stream]");

    private final Chain chain;

    ConsistencyIT(Sandbox sandbox) {
        chain = Chain.on(sandbox);
    }

    @Test
    void anEditOfProductionAloneIsToldWithItsPathAndPromisesNothingToTheNext() {
        // given the same contract in both, and no gate between them
        chain.apply(STAGING, "");
        chain.apply(PRODUCTION, "promotesFrom: {environment: " + STAGING + "}\n");
        chain.chat(STAGING, FIRST);
        chain.chat(PRODUCTION, FIRST);
        chain.at(PRODUCTION).awaitReady("chat");
        chain.awaitConsistent(PRODUCTION, "Same");
        // when staging goes on, production is rightly behind
        chain.chat(STAGING, SECOND);
        chain.awaitConsistent(PRODUCTION, "Behind");
        // and when production goes elsewhere
        chain.chat(PRODUCTION, THIRD);
        // then it has diverged, at a path that is named, and serves in full health
        chain.awaitConsistent(PRODUCTION, "Diverged");
        chain.at(PRODUCTION).awaitReady("chat");
        var status = chain.at(PRODUCTION).status("chat");
        assertThat(Objects.requireNonNull(status.consistency()).differingPaths())
                .contains("contract.access.roles[0].when");
        assertThat(Conditions.find(status.conditions(), ConditionType.Consistent)
                        .map(Condition::status))
                .hasValue("False");
        assertThat(Conditions.find(status.conditions(), ConditionType.Stalled)).isEmpty();
        // and though it soaks, no record lets it into an environment after this one
        chain.at(PRODUCTION).awaitReason("chat", ConditionType.Verified, "Soaked");
        var digest = status.contractDigest();
        assertThat(chain.platform()
                        .client()
                        .resources(PredictionVerification.class)
                        .inNamespace(PRODUCTION + "-gateways")
                        .list()
                        .getItems())
                .noneMatch(record -> record.getStatus() != null
                        && String.valueOf(record.getStatus().decoded()).contains(String.valueOf(digest)));
        await().atMost(Platform.LONG)
                .until(() -> !chain.events(PRODUCTION, "Diverged").isEmpty());
    }

    @Test
    void whoIsBehindForTooLongIsToldAndServesInFullHealth() {
        // given an environment that may be behind the one before for a minute
        chain.apply(NEXT, "");
        chain.apply(
                LATE,
                "promotesFrom: {environment: " + NEXT + "}\n"
                        + "promotion: {minimumSoakSeconds: 1, maxLagSeconds: 60}\n");
        chain.chat(NEXT, FIRST);
        chain.chat(LATE, FIRST);
        chain.at(LATE).awaitReady("chat");
        chain.awaitConsistent(LATE, "Same");
        // when the one before goes on, then it is rightly behind
        chain.chat(NEXT, SECOND);
        chain.awaitConsistent(LATE, "Behind");
        assertThat(consistent(LATE).status()).isEqualTo("True");
        // and when the minute is over, it is told by itself, with since when and where
        chain.awaitConsistent(LATE, "LagExceeded");
        assertThat(consistent(LATE)).satisfies(told -> {
            assertThat(told.status()).isEqualTo("False");
            assertThat(told.message()).contains(NEXT, "has had a newer contract since", "access.roles[0].when");
        });
        chain.at(LATE).awaitReady("chat");
        assertThat(chain.at(LATE).condition("chat", ConditionType.Stalled)).isEmpty();
        // and when it follows, all is well again
        chain.chat(LATE, SECOND);
        chain.awaitConsistent(LATE, "Same");
    }

    @Test
    void whatCannotBeSeenIsUnknownAndServes() {
        // given an environment whose predecessor is in a cluster that nobody hears of
        chain.apply(
                DISTANT,
                "promotesFrom: {environment: elsewhere, verifiers: [{issuer: far, jwks: " + new ForeignRecords().jwks()
                        + "}]}\n");
        // when
        chain.chat(DISTANT, FIRST);
        // then
        chain.at(DISTANT).awaitReady("chat");
        assertThat(chain.at(DISTANT).condition("chat", ConditionType.Consistent))
                .hasValueSatisfying(consistent -> {
                    assertThat(consistent.status()).isEqualTo("Unknown");
                    assertThat(consistent.reason()).isEqualTo("PeerUnknown");
                });
        var token = chain.platform().sandbox().issuer().token("analyst@example.com", "api://" + DISTANT);
        assertThat(chain.at(DISTANT).caller("chat").chat(Optional.of(token))).isEqualTo(200);
        // and though its contract has no canary, the version that answered this call is known
        await().atMost(Platform.LONG)
                .untilAsserted(() -> assertThat(
                                String.valueOf(chain.at(DISTANT).status("chat").endpoint()))
                        .contains("modelVersion=gemini-2.5-flash"));
    }

    private Condition consistent(String environment) {
        return chain.at(environment).condition("chat", ConditionType.Consistent).orElseThrow();
    }
}
