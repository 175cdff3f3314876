package dev.secureprediction.gateway.guardrail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.policy.pattern.DenyPattern;
import dev.secureprediction.policy.pattern.SensitiveKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Numbers of people and their money are found, other numbers are not. */
final class SensitiveRuleTest {

    private static String masked(String kind, String text) {
        return Literal.masked(text, SensitiveRule.of(List.of(kind), true).find(text, false, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EMAIL_ADDRESS|write to jane.doe+x@mail.example.co.uk, please|write to [EMAIL_ADDRESS], please",
                "EMAIL_ADDRESS|jürgen@müller.example|[EMAIL_ADDRESS]",
                "PHONE_NUMBER|call +49 30 901820 now|call [PHONE_NUMBER] now",
                "PHONE_NUMBER|(415) 555-2671|[PHONE_NUMBER]",
                "PHONE_NUMBER|Tel. 030 901820|Tel. [PHONE_NUMBER]",
                "CREDIT_CARD_NUMBER|4111 1111 1111 1111.|[CREDIT_CARD_NUMBER].",
                "CREDIT_CARD_NUMBER|amex 378282246310005|amex [CREDIT_CARD_NUMBER]",
                "IBAN_CODE|DE89 3704 0044 0532 0130 00|[IBAN_CODE]",
                "IBAN_CODE|iban gb29nwbk60161331926819 ok|iban [IBAN_CODE] ok",
                "IP_ADDRESS|from 192.168.10.254 to|from [IP_ADDRESS] to",
                "IP_ADDRESS|2001:db8:0:0:0:ff00:42:8329|[IP_ADDRESS]",
                "IP_ADDRESS|at fe80::1ff:fe23:4567:890a today|at [IP_ADDRESS] today",
                "MAC_ADDRESS|mac 00:1A:2b:3C:4d:5E|mac [MAC_ADDRESS]",
                "US_SOCIAL_SECURITY_NUMBER|ssn 536-90-4399|ssn [US_SOCIAL_SECURITY_NUMBER]",
                "GCP_API_KEY|key=AIzaSyA1234567890abcdefghijklmnopqrstuv|key=[GCP_API_KEY]",
                "AWS_CREDENTIALS|id AKIAIOSFODNN7EXAMPLE|id [AWS_CREDENTIALS]",
            })
    void whatIsMeantIsFound(String kind, String text, String expected) {
        assertThat(masked(kind, text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EMAIL_ADDRESS|a @ b, user@host",
                "PHONE_NUMBER|in 2024-2025 we had 12345 cases",
                "CREDIT_CARD_NUMBER|4111 1111 1111 1112",
                "CREDIT_CARD_NUMBER|94111111111111111119999",
                "IBAN_CODE|DE89 3704 0044 0532 0130 01",
                "IBAN_CODE|DE89",
                "IP_ADDRESS|256.1.1.1 and 1.2.3",
                "IP_ADDRESS|at 12:30:45 today",
                "US_SOCIAL_SECURITY_NUMBER|000-12-3456 666-12-3456 900-12-3456 123-00-4567 123-45-0000",
                "US_SOCIAL_SECURITY_NUMBER|1536-90-43991",
                "GCP_API_KEY|AIzaShort",
                "AWS_CREDENTIALS|AKIA1234",
            })
    void whatOnlyLooksLikeItIsNot(String kind, String text) {
        assertThat(masked(kind, text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREDIT_CARD_NUMBER|pay ４１１１ １１１１ １１１１ １１１１.|pay [CREDIT_CARD_NUMBER].",
                "CREDIT_CARD_NUMBER|4111\u200B1111\u00AD1111\u20601111|[CREDIT_CARD_NUMBER]",
                "CREDIT_CARD_NUMBER|4111\u20111111\u20131111\u00A01111|[CREDIT_CARD_NUMBER]",
                "CREDIT_CARD_NUMBER|٤١١١ ١١١١ ١١١١ ١١١١|[CREDIT_CARD_NUMBER]",
                "CREDIT_CARD_NUMBER|𝟒𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏 ok|[CREDIT_CARD_NUMBER] ok",
                "EMAIL_ADDRESS|jane\u200D@\u2066mail.example\u2069 now|[EMAIL_ADDRESS]\u2069 now",
                "EMAIL_ADDRESS|ｊａｎｅ＠ｍａｉｌ．ｅｘａｍｐｌｅ|[EMAIL_ADDRESS]",
                "IBAN_CODE|DE89\uFEFF3704 0044 0532 0130 00|[IBAN_CODE]",
                "US_SOCIAL_SECURITY_NUMBER|536‐90‐4399|[US_SOCIAL_SECURITY_NUMBER]",
            })
    void howItIsWrittenDoesNotHideIt(String kind, String text, String expected) {
        assertThat(masked(kind, text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(SensitiveKind.class)
    void everyKindHasALongestMatchThatAStreamCanBeHeldBackFor(SensitiveKind kind) {
        assertThat(Detector.of(kind).longest()).isBetween(1, DenyPattern.MAX_MATCH);
    }

    @Test
    void ofTwoThatOverlapTheFirstAndLongerIsMasked() {
        String text = "4111 1111 1111 1111 and a@b.example";
        assertThat(Literal.masked(
                        text,
                        SensitiveRule.of(List.of("PHONE_NUMBER", "CREDIT_CARD_NUMBER", "EMAIL_ADDRESS"), true)
                                .find(text, false, false)))
                .isEqualTo("[CREDIT_CARD_NUMBER] and [EMAIL_ADDRESS]");
    }

    @Test
    void whatMayStillGoOnIsNotDecided() {
        SensitiveRule rule = SensitiveRule.of(List.of("EMAIL_ADDRESS"), true);
        assertThat(rule.find("mail a@b.co", false, true)).isEmpty();
        assertThat(rule.find("mail a@b.com ", false, true)).containsExactly(new Finding(5, 12, "[EMAIL_ADDRESS]"));
    }
}
