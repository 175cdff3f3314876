package dev.secureprediction.policy.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.secureprediction.policy.model.IssuerKeys;
import dev.secureprediction.policy.model.Revocations;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CompanionCodecsTest {

    private static final String PUBLIC_KEY = "{\"kty\":\"RSA\",\"kid\":\"k1\",\"n\":\"sXch\",\"e\":\"AQAB\"}";

    @Test
    void revocations_come_back_as_written() {
        Revocations revocations = new Revocations(
                List.of(new Revocations.Subject("okta", "leaver@example.com")),
                List.of(new Revocations.TokenId("okta", "AT.1")));

        assertThat(RevocationsCodec.read(RevocationsCodec.write(revocations))).isEqualTo(revocations);
        assertThat(RevocationsCodec.read(RevocationsCodec.write(Revocations.NONE)))
                .isEqualTo(Revocations.NONE);
        assertThat(RevocationsCodec.digest(revocations)).isNotEqualTo(RevocationsCodec.digest(Revocations.NONE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"subjects\":[]}|''",
                "{\"subjects\":[{\"issuer\":\"okta\"}],\"tokenIds\":[]}|/subjects/0",
                "{\"subjects\":[{\"issuer\":\"\",\"subject\":\"a\"}],\"tokenIds\":[]}|/subjects/0/issuer",
                "{\"subjects\":[{\"issuer\":\"okta\",\"subject\":\"\"}],\"tokenIds\":[]}|/subjects/0/subject",
                "{\"subjects\":[],\"tokenIds\":[{\"issuer\":\"okta\",\"id\":\"\"}]}|/tokenIds/0/id",
                "{\"subjects\":[],\"tokenIds\":[],\"subject\":[]}|/subject"
            })
    void revocations_that_say_nothing_are_refused(String json, String pointer) {
        InvalidPolicyException e = catchThrowableOfType(
                InvalidPolicyException.class, () -> RevocationsCodec.read(json.getBytes(StandardCharsets.UTF_8)));

        assertThat(e).as(json).isNotNull();
        assertThat(e.pointer()).startsWith(pointer);
    }

    @Test
    void public_keys_come_back_as_written() {
        IssuerKeys keys = new IssuerKeys(Map.of("cluster", Trees.of("{\"keys\":[" + PUBLIC_KEY + "]}")));

        assertThat(IssuerKeysCodec.read(IssuerKeysCodec.write(keys))).isEqualTo(keys);
        assertThat(IssuerKeysCodec.digest(keys)).isNotEqualTo(IssuerKeysCodec.digest(IssuerKeys.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
    void private_and_symmetric_keys_are_neither_read_nor_written(String member) {
        String key = PUBLIC_KEY.replace("\"kid\"", "\"" + member + "\":\"c2VjcmV0\",\"kid\"");
        String json = "{\"issuers\":{\"cluster\":{\"keys\":[" + key + "]}}}";
        IssuerKeys keys = new IssuerKeys(Map.of("cluster", Trees.of("{\"keys\":[" + key + "]}")));

        InvalidPolicyException read = catchThrowableOfType(
                InvalidPolicyException.class, () -> IssuerKeysCodec.read(json.getBytes(StandardCharsets.UTF_8)));
        InvalidPolicyException written =
                catchThrowableOfType(InvalidPolicyException.class, () -> IssuerKeysCodec.write(keys));

        assertThat(read.pointer()).isEqualTo("/issuers/cluster/keys/0");
        assertThat(written.pointer()).isEqualTo("/issuers/cluster/keys/0");
        assertThat(read).hasMessageNotContaining("c2VjcmV0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"keys\":{}}", "{\"keys\":[1]}", "{\"keys\":[{\"kty\":1}]}", "null"})
    void what_is_no_key_set_is_refused(String set) {
        String json = "{\"issuers\":{\"a/b\":" + set + "}}";

        InvalidPolicyException e = catchThrowableOfType(
                InvalidPolicyException.class, () -> IssuerKeysCodec.read(json.getBytes(StandardCharsets.UTF_8)));

        assertThat(e).as(set).isNotNull();
        assertThat(e.pointer()).startsWith("/issuers");
    }
}
