package dev.secureprediction.gateway.guardrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.policy.model.Guardrail;
import dev.secureprediction.policy.model.GuardrailStage;
import dev.secureprediction.policy.model.OnError;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every part of a request reaches every guardrail, in order, or the request is refused. */
final class RequestChainTest {
    private final Verdicts verdicts = new Verdicts();
    private final List<Screening> asked = new ArrayList<>();

    private static Rail deny(String... patterns) {
        return local("deny", DenyRule.of(new Guardrail.DenyPatterns(List.of(patterns))));
    }

    private static Rail local(String name, LocalRule rule) {
        return new Rail(name, true, List.of(GuardrailStage.Request), OnError.Deny, new Rail.Local(rule));
    }

    /** Somebody else who says this, and reads texts alone. */
    private Rail remote(OnError onError, CompletableFuture<Boolean> says) {
        return new Rail(
                "remote", false, List.of(GuardrailStage.Request), onError, new Rail.Remote(new RemoteScreener() {
                    @Override
                    public boolean reads(Screening.Item item) {
                        return item instanceof Screening.Text;
                    }

                    @Override
                    public CompletableFuture<Boolean> passes(Screening screening) {
                        asked.add(screening);
                        return says;
                    }
                }));
    }

    private String run(String body, Rail... rails) throws InterruptedException, RefusedException {
        byte[] bytes = Bodies.bytes(body);
        RequestChain chain = new RequestChain(List.of(rails), Bodies::content, verdicts, Runnable::run);
        try {
            return Bodies.text(chain.run(Bodies.content(bytes), bytes).get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RefusedException refused) {
                throw refused;
            }
            throw new IllegalStateException(e);
        }
    }

    private void assertRefused(ErrorCode code, String body, Rail... rails) {
        assertThatThrownBy(() -> run(body, rails)).isInstanceOfSatisfying(RefusedException.class, refused -> {
            assertThat(refused.refusal().code()).isEqualTo(code);
            assertThat(refused.refusal().message()).doesNotContain("secret");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"systemInstruction\":{\"parts\":[{\"text\":\"the secret"
                        + " word\"}]},\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]}",
                "{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]},{\"role\":\"model\",\"parts\":[{\"text\":\"the secret"
                        + " word\"}]}]}",
                "{\"contents\":[{\"parts\":[{\"text\":\"hi\"},{\"text\":\"the secret word\"}]}]}",
                "{\"contents\":[{\"parts\":[{\"functionResponse\":{\"name\":\"f\",\"response\":{\"a\":[\"the secret"
                        + " word\"]}}}]}]}",
                "{\"contents\":[{\"parts\":[{\"functionCall\":{\"name\":\"f\",\"args\":{\"the secret word\":1}}}]}]}",
                "{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}],\"tools\":[{\"functionDeclarations\":[{\"name\":\"f\",\"description\":\"the"
                        + " secret word\"}]}]}",
                "{\"contents\":[{\"parts\":[{\"text\":\"the \"},{\"text\":\"sec\"},{\"text\":\"ret\"},{\"text\":\""
                        + " word\"}]}]}",
                "{\"contents\":[{\"parts\":[{\"text\":\"the\"},{\"text\":\"secret\"},{\"text\":\"word\"}]}]}",
                "{\"contents\":[{\"parts\":[{\"text\":\"the \\u0073ecret word\"}]}]}",
                // `the secret word` as text in base64
                "{\"contents\":[{\"parts\":[{\"inlineData\":{\"mimeType\":\"text/plain\",\"data\":\"dGhlIHNlY3JldCB3b3Jk\"}}]}]}",
                "{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}],\"labels\":{\"x\":\"the secret word\"}}",
            })
    void aPatternIsFoundWhereverItStands(String body) {
        assertRefused(ErrorCode.CONTENT_BLOCKED, body, deny("the secret word"));
        assertThat(verdicts.all()).singleElement().satisfies(verdict -> {
            assertThat(verdict.guardrail()).isEqualTo("deny");
            assertThat(verdict.outcome()).isEqualTo(Verdicts.Outcome.Blocked);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"inlineData\":{\"mimeType\":\"application/pdf\",\"data\":\"JVBERi0=\"}}",
                "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"AAAA\"}}",
                "{\"inlineData\":{\"mimeType\":\"text/plain\",\"data\":\"//79\"}}",
                "{\"inlineData\":{\"data\":\"AAAA\"}}",
                "{\"fileData\":{\"mimeType\":\"text/plain\",\"fileUri\":\"gs://bucket/a.txt\"}}",
            })
    void whatAGuardrailCannotReadIsRefused(String part) {
        assertRefused(ErrorCode.CONTENT_UNSCREENABLE, Bodies.request("{\"text\":\"hi\"}", part), deny("secret"));
        assertRefused(
                ErrorCode.CONTENT_UNSCREENABLE,
                Bodies.request("{\"text\":\"hi\"}", part),
                remote(OnError.Allow, CompletableFuture.completedFuture(true)));
        assertThat(asked).isEmpty();
    }

    @Test
    void maskingRewritesTheLiteralAndNothingElse() throws Exception {
        // given a body with numbers and blanks that nobody may touch
        String body = "{ \"generationConfig\":{\"temperature\":1.0e0},\n\"contents\":[{\"parts\":"
                + "[{\"text\":\"mail \\\"a@b.example\\\" and c@d.example\"} , {\"text\":\"x\"}]}]}";

        // then only the addresses are gone
        assertThat(run(body, local("mask", SensitiveRule.of(List.of("EMAIL_ADDRESS"), true))))
                .isEqualTo(body.replace("a@b.example", "[EMAIL_ADDRESS]").replace("c@d.example", "[EMAIL_ADDRESS]"));
        assertThat(verdicts.all())
                .singleElement()
                .satisfies(verdict -> assertThat(verdict.outcome()).isEqualTo(Verdicts.Outcome.Masked));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsSplitOverPartsOfAMessageIsStopped(boolean masks) {
        Rail rail = local("data", SensitiveRule.of(List.of("CREDIT_CARD_NUMBER", "EMAIL_ADDRESS"), masks));
        // a number cut in the middle, between two groups, with something in between that no model reads, and an address
        assertRefused(ErrorCode.CONTENT_BLOCKED, said("4111 1111 11", "11 1111"), rail);
        assertRefused(ErrorCode.CONTENT_BLOCKED, said("card 4111 1111", "1111 1111 please"), rail);
        assertRefused(ErrorCode.CONTENT_BLOCKED, said("4", "1", "11", "1111", "11111111"), rail);
        assertRefused(ErrorCode.CONTENT_BLOCKED, said("joe@mail", ".example"), rail);
        assertRefused(
                ErrorCode.CONTENT_BLOCKED,
                Bodies.request("{\"text\":\"41111111\",\"newer\":\"x\"}", "{\"text\":\"11111111\"}"),
                rail);
    }

    @Test
    void whatIsWholeInAPartIsMaskedWhateverFollows() throws Exception {
        // given an address that the next part would make longer, and numbers that two messages hold by halves
        String body =
                "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"I am joe@mail.example\"},{\"text\":\"com"
                        + " 41111111\"}]},{\"role\":\"model\",\"parts\":[{\"text\":\"11111111\"}]}]}";

        assertThat(run(body, local("mask", SensitiveRule.of(List.of("CREDIT_CARD_NUMBER", "EMAIL_ADDRESS"), true))))
                .isEqualTo(body.replace("joe@mail.example", "[EMAIL_ADDRESS]"));
    }

    private static String said(String... texts) {
        return Bodies.request(java.util.Arrays.stream(texts)
                .map(text -> "{\"text\":\"" + text + "\"}")
                .toArray(String[]::new));
    }

    @Test
    void aGuardrailBehindAMaskSeesWhatItLeft() throws Exception {
        run(
                Bodies.request("{\"text\":\"mail a@b.example\"}"),
                local("mask", SensitiveRule.of(List.of("EMAIL_ADDRESS"), true)),
                remote(OnError.Deny, CompletableFuture.completedFuture(true)));
        assertThat(asked)
                .singleElement()
                .satisfies(screening -> assertThat(screening.items())
                        .anySatisfy(item -> assertThat(item)
                                .isInstanceOfSatisfying(
                                        Screening.Text.class,
                                        text -> assertThat(text.text()).isEqualTo("mail [EMAIL_ADDRESS]"))));
    }

    @Test
    void theNameOfAMemberIsNotMaskedButStopped() {
        assertRefused(
                ErrorCode.CONTENT_BLOCKED,
                Bodies.request("{\"functionCall\":{\"name\":\"f\",\"args\":{\"a@b.example\":1}}}"),
                local("mask", SensitiveRule.of(List.of("EMAIL_ADDRESS"), true)));
    }

    @Test
    void theFirstThatStopsARequestIsTheLastThatSeesIt() {
        assertRefused(
                ErrorCode.CONTENT_BLOCKED,
                Bodies.request("{\"text\":\"secret\"}"),
                deny("secret"),
                remote(OnError.Deny, CompletableFuture.completedFuture(true)));
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Deny,Failed", "Allow,FailedOpen"})
    void aScreenerThatFailsDoesWhatThePolicySays(OnError onError, Verdicts.Outcome outcome) throws Exception {
        CompletableFuture<Boolean> failure = CompletableFuture.failedFuture(new ScreeningFailedException("STATUS_503"));
        String body = Bodies.request("{\"text\":\"hi\"}");
        if (onError == OnError.Deny) {
            assertRefused(ErrorCode.SCREENING_UNAVAILABLE, body, remote(onError, failure));
        } else {
            assertThat(run(body, remote(onError, failure))).isEqualTo(body);
        }
        assertThat(verdicts.all())
                .singleElement()
                .satisfies(verdict -> assertThat(verdict.outcome()).isEqualTo(outcome));
    }

    @ParameterizedTest
    @EnumSource(OnError.class)
    void aBlockIsNoFailure(OnError onError) {
        assertRefused(
                ErrorCode.CONTENT_BLOCKED,
                Bodies.request("{\"text\":\"hi\"}"),
                remote(onError, CompletableFuture.completedFuture(false)));
    }
}
