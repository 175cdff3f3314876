package dev.secureprediction.operator.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.api.v1alpha1.endpoint.Access;
import dev.secureprediction.operator.api.v1alpha1.endpoint.Contract;
import dev.secureprediction.operator.api.v1alpha1.endpoint.ContractAudit;
import dev.secureprediction.operator.api.v1alpha1.endpoint.ContractModel;
import dev.secureprediction.operator.api.v1alpha1.endpoint.ContractVerification;
import dev.secureprediction.operator.api.v1alpha1.endpoint.PublisherModel;
import dev.secureprediction.operator.api.v1alpha1.endpoint.RequestRules;
import dev.secureprediction.operator.api.v1alpha1.endpoint.Retries;
import dev.secureprediction.operator.api.v1alpha1.endpoint.Timeouts;
import dev.secureprediction.operator.plan.ContractDigest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Somebody writes out what is the default anyway. */
final class DefaultsTest {

    private static final ContractModel MODEL =
            new ContractModel(new PublisherModel("google", "gemini-2.5-flash"), null, null);
    private static final Access ACCESS = new Access(List.of());

    @Test
    void sayingADefaultOfTheContractDoesNotChangeItsDigest() {
        var silent = new Contract(MODEL, List.of(), ACCESS, null, List.of(), null, null, null, null, null);
        var outspoken = new Contract(
                MODEL,
                List.of(),
                ACCESS,
                new RequestRules(Defaults.MAX_REQUEST_BYTES, null),
                List.of(),
                null,
                new ContractAudit(Defaults.PROMPTS),
                new Timeouts(
                        Defaults.CONNECT_MILLISECONDS,
                        Defaults.FIRST_BYTE_MILLISECONDS,
                        Defaults.IDLE_MILLISECONDS,
                        Defaults.TOTAL_MILLISECONDS),
                new Retries(Defaults.RETRY_BUDGET_PERCENT),
                new ContractVerification(null, Defaults.PROBE_INTERVAL_SECONDS));

        assertThat(ContractDigest.of(outspoken)).isEqualTo(ContractDigest.of(silent));
    }

    @Test
    void sayingAnythingElseDoes() {
        var impatient = new Contract(
                MODEL,
                List.of(),
                ACCESS,
                null,
                List.of(),
                null,
                null,
                new Timeouts(null, 3000, null, null),
                null,
                null);
        var patient = new Contract(MODEL, List.of(), ACCESS, null, List.of(), null, null, null, null, null);

        assertThat(ContractDigest.of(impatient)).isNotEqualTo(ContractDigest.of(patient));
    }
}
