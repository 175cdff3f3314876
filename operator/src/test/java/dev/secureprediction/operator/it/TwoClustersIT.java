package dev.secureprediction.operator.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.PredictionVerification;
import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.StartListener;
import dev.secureprediction.sandbox.junit.SandboxExtension;
import dev.secureprediction.sandbox.junit.SandboxTest;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Staging and production are clusters of their own: all that passes between them is a record in git, and keys named once. */
@SandboxTest
final class TwoClustersIT {

    private static final String CONTRACT = Chain.letsIn("analysts");
    private static final String STAGING = "near-staging";
    private static final String PRODUCTION = "far-production";

    private final Chain here;

    TwoClustersIT(Sandbox sandbox) {
        here = Chain.on(sandbox);
        here.apply(STAGING, "");
    }

    @Test
    void aRecordOfOneClusterLetsAContractIntoTheOther() {
        here.chat(STAGING, CONTRACT);
        try (var other = Sandbox.start(SandboxExtension.options(), listener())) {
            var far = Chain.on(other);
            // given the other cluster knows whose signatures count, by what people copied from a status
            await().atMost(Platform.LONG).until(() -> keys() != null);
            far.apply(PRODUCTION, """
                    promotesFrom: {environment: %s, verifiers: [{issuer: acme, jwks: %s}]}
                    promotion: {gate: Verified, minimumSoakSeconds: 1}
                    """.formatted(STAGING, keys()));
            far.chat(PRODUCTION, CONTRACT);
            far.awaitHeld(PRODUCTION);
            assertThat(far.at(PRODUCTION).condition("chat", ConditionType.Available))
                    .hasValueSatisfying(
                            available -> assertThat(available.status()).isEqualTo("False"));
            // when the record is carried over
            await().atMost(Platform.LONG).until(() -> !records().isEmpty());
            far.platform().client().resource(copy(records().getFirst())).create();
            // then production serves, and says whose word it took
            far.at(PRODUCTION).awaitReady("chat");
            assertThat(far.at(PRODUCTION).status("chat").contractDigest())
                    .isEqualTo(here.at(STAGING).status("chat").contractDigest());
            assertThat(far.at(PRODUCTION).status("chat").admission())
                    .satisfies(admission -> assertThat(admission.basis()).contains("copied"));
        }
    }

    private List<PredictionVerification> records() {
        return here.platform()
                .client()
                .resources(PredictionVerification.class)
                .inNamespace(STAGING + "-gateways")
                .list()
                .getItems();
    }

    private @Nullable JsonNode keys() {
        var environment = here.platform()
                .client()
                .resources(PredictionEnvironment.class)
                .withName(STAGING)
                .require();
        return environment.getStatus() == null ? null : environment.getStatus().verifierKeys();
    }

    private static PredictionVerification copy(PredictionVerification record) {
        var copy = new PredictionVerification();
        copy.setMetadata(new ObjectMetaBuilder()
                .withName("copied")
                .withNamespace(PRODUCTION + "-gateways")
                .build());
        copy.setSpec(record.getSpec());
        return copy;
    }

    private static StartListener listener() {
        var log = LoggerFactory.getLogger(TwoClustersIT.class);
        return new StartListener() {
            @Override
            public void progress(String what) {
                log.info("{}", what);
            }

            @Override
            public void finished(String step, Duration took) {
                log.info("{} in {} ms", step, took.toMillis());
            }
        };
    }
}
