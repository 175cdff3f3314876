package dev.secureprediction.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.golden.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Equal digests mean equal contracts: across versions of the operator, and whoever wrote the YAML. */
final class ContractDigestTest {

    private static final String PLAIN = digest("");

    @Test
    void theDigestOfAContractNeverChanges() {
        assertThat(PLAIN).isEqualTo("v1:666798aad3136a4a3ac8c709bad63813f52a69d4dca788f9af7151b9713f695f");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "request: {maxBytes: 1048576}",
                "request: {schema: {}}",
                "request: {}",
                "timeouts: {connectMilliseconds: 2000, firstByteMilliseconds: 30000, idleMilliseconds: 30000,"
                        + " totalMilliseconds: 600000}",
                "audit: {prompts: None}",
                "retries: {budgetPercent: 10}",
                "guardrails: []",
                "surfaces: []",
            })
    void whatEqualsItsDefaultIsNoDifference(String written) {
        assertThat(digest(written)).isEqualTo(PLAIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "request: {maxBytes: 1048577}",
                "request: {schema: {type: object}}",
                "timeouts: {idleMilliseconds: 30001}",
                "surfaces: [GeminiGenerate]",
            })
    void whatCallersWouldNoticeIsADifference(String written) {
        assertThat(digest(written)).isNotEqualTo(PLAIN);
    }

    @Test
    void anEmptyListInASchemaSaysSomething() {
        assertThat(digest("request: {schema: {enum: []}}")).isNotEqualTo(digest("request: {schema: {}}"));
    }

    @Test
    void theOrderOfASchemasMembersSaysNothing() {
        assertThat(digest("request: {schema: {type: object, required: [a], maxProperties: 1}}"))
                .isEqualTo(digest("request: {schema: {maxProperties: 1, required: [a], type: object}}"));
    }

    @Test
    void aNumberWithoutAnExactFormHasNoDigest() {
        var contract = Samples.endpoint("request: {schema: {maximum: 9007199254740993}}")
                .getSpec()
                .contract();

        assertThat(ContractDigest.ifAny(contract)).isEmpty();
    }

    private static String digest(String moreOfContract) {
        return ContractDigest.of(Samples.endpoint(moreOfContract).getSpec().contract());
    }
}
