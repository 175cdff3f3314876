package dev.secureprediction.gateway.guardrail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.gateway.answer.AnswerStage;
import dev.secureprediction.gateway.answer.Frame;
import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.policy.model.Guardrail;
import dev.secureprediction.policy.model.GuardrailStage;
import dev.secureprediction.policy.model.OnError;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Nothing of an answer goes out before its verdict, and nothing is held longer than that takes. */
final class StagesOfAnswersTest {
    private final List<Frame> out = new ArrayList<>();
    private final Verdicts verdicts = new Verdicts();
    private final Deque<Runnable> timers = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final Deque<CompletableFuture<Boolean>> answers = new ArrayDeque<>();
    private Optional<Refusal> blocked = Optional.empty();
    private boolean ended;

    private final AnswerStage.Next next = new AnswerStage.Next() {
        @Override
        public void frame(Frame frame) {
            out.add(frame);
        }

        @Override
        public void end() {
            ended = true;
        }

        @Override
        public void block(Refusal refusal) {
            blocked = Optional.of(refusal);
        }

        @Override
        public void moved() {}
    };

    private final AnswerStage.Loop loop = new AnswerStage.Loop() {
        @Override
        public void run(Runnable task) {
            task.run();
        }

        @Override
        public Runnable after(long milliseconds, Runnable task) {
            timers.add(task);
            return () -> timers.remove(task);
        }
    };

    private LocalStage local(LocalRule... rules) {
        List<Rail> rails = new ArrayList<>();
        for (LocalRule rule : rules) {
            rails.add(new Rail(
                    "r" + rails.size(), false, List.of(GuardrailStage.Response), OnError.Deny, new Rail.Local(rule)));
        }
        return new LocalStage(rails, Bodies::answer, verdicts, next);
    }

    private static LocalRule deny(String... patterns) {
        return DenyRule.of(new Guardrail.DenyPatterns(List.of(patterns)));
    }

    private static LocalRule mask(String... kinds) {
        return SensitiveRule.of(List.of(kinds), true);
    }

    private RemoteStage remote(OnError onError) {
        Rail rail = new Rail("armor", true, List.of(GuardrailStage.Response), onError, new Rail.Remote(new Asked()));
        return new RemoteStage(rail, new Asked(), verdicts, next, loop);
    }

    /** Remembers windows and lets the test decide. */
    private final class Asked implements RemoteScreener {
        @Override
        public boolean reads(Screening.Item item) {
            return !(item instanceof Screening.Bytes bytes && bytes.mimeType().startsWith("video/"));
        }

        @Override
        public CompletableFuture<Boolean> passes(Screening screening) {
            screening
                    .items()
                    .forEach(item -> asked.add(
                            switch (item) {
                                case Screening.Text text -> text.text();
                                case Screening.Bytes bytes -> bytes.mimeType() + " " + bytes.base64();
                                case Screening.File file -> file.uri();
                            }));
            answers.add(new CompletableFuture<>());
            return answers.getLast();
        }
    }

    private String said() {
        return out.stream().map(Bodies::said).collect(Collectors.joining());
    }

    @Test
    void aMatchThatIsCutOverFramesIsStoppedBeforeItsFirstLetterGoesOut() {
        // given a stream that is checked for a phrase of eleven letters
        LocalStage stage = local(deny("launch code"));

        // when the phrase comes letter by letter
        for (char letter : "the launch code is".toCharArray()) {
            stage.frame(Bodies.says(String.valueOf(letter)));
        }

        // then the answer ends, and of the phrase nothing went out
        assertThat(blocked).hasValueSatisfying(refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.ANSWER_BLOCKED);
            assertThat(refusal.message()).doesNotContain("launch");
        });
        assertThat("the ").startsWith(said());
        stage.end();
        assertThat(ended).isFalse();
    }

    @Test
    void noMoreIsHeldThanTheLongestMatch() {
        // given a rule whose longest match has eleven code points
        LocalStage stage = local(deny("launch code"));

        // when a harmless answer comes
        for (int i = 0; i < 100; i++) {
            stage.frame(Bodies.says(String.valueOf((char) ('a' + i % 26))));
        }

        // then all but the last eleven letters are out, and the rest follows at the end
        assertThat(said()).hasSize(89);
        stage.end();
        assertThat(said()).hasSize(100);
        assertThat(ended).isTrue();
        assertThat(verdicts.all())
                .singleElement()
                .satisfies(verdict -> assertThat(verdict.outcome()).isEqualTo(Verdicts.Outcome.Passed));
    }

    @Test
    void charactersThatAreNotSeenDoNotHideAMatch() {
        LocalStage stage = local(deny("launch code"));
        stage.frame(Bodies.says("laun"));
        for (int i = 0; i < 50; i++) {
            stage.frame(Bodies.says("\\u200b\\u200b\\u200b\\u200b"));
        }
        stage.frame(Bodies.says("ch code"));
        stage.end();
        assertThat(blocked).isPresent();
        assertThat(out).isEmpty();
    }

    @Test
    void whatIsMaskedIsMaskedInEveryFrameThatHoldsAPartOfIt() {
        // given an address that is cut over three frames
        LocalStage stage = local(mask("EMAIL_ADDRESS"));
        stage.frame(Bodies.says("write to jane"));
        stage.frame(Bodies.says("@exam"));
        stage.frame(Bodies.says("ple.com, or not"));
        stage.end();

        // then the label stands once, and all around it is as it was
        assertThat(said()).isEqualTo("write to [EMAIL_ADDRESS], or not");
        assertThat(Bodies.text(out.getFirst().data())).contains("\"role\":\"model\"");
        assertThat(verdicts.all())
                .singleElement()
                .satisfies(verdict -> assertThat(verdict.outcome()).isEqualTo(Verdicts.Outcome.Masked));
    }

    @Test
    void maskingIsTheSameHoweverAnAnswerIsCut() {
        String answer = "Cards 4111 1111 1111 1111, 4111111111111112; jane@example.com and joe@x.example. "
                + "x".repeat(300) + " last@example.org";
        String expected = "Cards [CREDIT_CARD_NUMBER], 4111111111111112; [EMAIL_ADDRESS] and [EMAIL_ADDRESS]. "
                + "x".repeat(300) + " [EMAIL_ADDRESS]";
        for (int length = 1; length < 60; length++) {
            out.clear();
            LocalStage stage = local(mask("CREDIT_CARD_NUMBER", "EMAIL_ADDRESS"));
            for (int from = 0; from < answer.length(); from += length) {
                stage.frame(Bodies.says(answer.substring(from, Math.min(answer.length(), from + length))));
            }
            stage.end();
            assertThat(said()).as("pieces of %d", length).isEqualTo(expected);
        }
    }

    @Test
    void candidatesThoughtsAndArgumentsAreCheckedEachByItself() {
        LocalStage stage = local(deny("launch code"));
        stage.frame(Bodies.event("{\"candidates\":[{\"index\":0,\"content\":{\"parts\":[{\"text\":\"launch \"}]}},"
                + "{\"index\":1,\"content\":{\"parts\":[{\"text\":\"code\"}]}}]}"));
        assertThat(blocked).isEmpty();
        stage.frame(Bodies.event("{\"candidates\":[{\"index\":0,\"content\":{\"parts\":"
                + "[{\"thought\":true,\"text\":\"the launch code \"},{\"text\":\"x\"}]}}]}"));
        assertThat(blocked).isPresent();
    }

    @Test
    void argumentsOfToolsAreChecked() {
        LocalStage stage = local(deny("launch code"));
        stage.frame(Bodies.event("{\"candidates\":[{\"content\":{\"parts\":"
                + "[{\"functionCall\":{\"name\":\"f\",\"args\":{\"a\":\"launch code\"}}}]}}]}"));
        stage.end();
        assertThat(blocked).isPresent();
    }

    @Test
    void aScreenerIsAskedAboutWindowsThatOverlap() {
        // given a stream of 100 characters each
        RemoteStage stage = remote(OnError.Deny);
        for (int i = 0; i < 11; i++) {
            stage.frame(Bodies.says("%02d".formatted(i).repeat(50)));
        }

        // then it is asked when there are 1,024, and nothing is out before it has said yes
        assertThat(asked).singleElement().satisfies(window -> assertThat(window).hasSize(1_100));
        assertThat(out).isEmpty();
        answers.remove().complete(true);
        assertThat(out).hasSize(11);

        // when the rest comes, then its window begins with the last 256 characters of the one before
        stage.frame(Bodies.says("end"));
        assertThat(out).hasSize(11);
        stage.end();
        assertThat(asked.getLast()).hasSize(259).endsWith("10end");
        assertThat(ended).isFalse();
        answers.remove().complete(true);
        assertThat(ended).isTrue();
        assertThat(out).hasSize(12);
    }

    @Test
    void whatALocalRuleCannotReadEndsTheAnswer() {
        // given a stream that is checked, with a picture in its second frame
        LocalStage stage = local(deny("launch code"));
        stage.frame(Bodies.says("a long text that goes on, since nothing of it can be the phrase"));
        stage.frame(Bodies.event("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"look\"},"
                + "{\"inlineData\":{\"data\":\"iVBORw==\",\"mimeType\":\"image/png\"}}]}}]}"));
        stage.frame(Bodies.says("more"));

        // then nothing of that frame goes out, and what follows does not either
        assertThat(blocked)
                .hasValueSatisfying(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.ANSWER_UNSCREENABLE));
        assertThat(verdicts.all())
                .singleElement()
                .satisfies(verdict -> assertThat(verdict.outcome()).isEqualTo(Verdicts.Outcome.Unscreenable));
        assertThat(said()).doesNotContain("look").doesNotContain("more");
    }

    @Test
    void bytesThatAreTextAreReadByLocalRules() {
        // `a launch code` and `a nice day` in base64
        LocalStage bad = local(deny("launch code"));
        bad.frame(Bodies.event("{\"candidates\":[{\"content\":{\"parts\":"
                + "[{\"inlineData\":{\"mimeType\":\"text/plain\",\"data\":\"YSBsYXVuY2ggY29kZQ==\"}}]}}]}"));
        assertThat(blocked)
                .hasValueSatisfying(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.ANSWER_BLOCKED));

        LocalStage good = local(deny("launch code"));
        good.frame(Bodies.event("{\"candidates\":[{\"content\":{\"parts\":"
                + "[{\"inlineData\":{\"mimeType\":\"text/plain\",\"data\":\"YSBuaWNlIGRheQ==\"}}]}}]}"));
        good.end();
        assertThat(ended).isTrue();
        assertThat(out).hasSize(1);
    }

    @Test
    void aScreenerThatReadsBytesIsAskedAboutThemBeforeTheyGoOut() {
        RemoteStage stage = remote(OnError.Deny);
        stage.frame(Bodies.event("{\"candidates\":[{\"content\":{\"parts\":"
                + "[{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"iVBORw==\"}}]}}]}"));
        stage.end();
        assertThat(asked).containsExactly("image/png iVBORw==");
        assertThat(out).isEmpty();
        answers.remove().complete(true);
        assertThat(out).hasSize(1);
        assertThat(ended).isTrue();

        RemoteStage other = remote(OnError.Allow);
        other.frame(Bodies.event("{\"candidates\":[{\"content\":{\"parts\":"
                + "[{\"inlineData\":{\"mimeType\":\"video/mp4\",\"data\":\"AAAA\"}}]}}]}"));
        assertThat(blocked)
                .hasValueSatisfying(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.ANSWER_UNSCREENABLE));
        assertThat(out).hasSize(1);
    }

    @Test
    void aSlowStreamIsAskedAboutAfterAWhile() {
        RemoteStage stage = remote(OnError.Deny);
        stage.frame(Bodies.says("hel"));
        stage.frame(Bodies.says("lo"));
        assertThat(asked).isEmpty();
        timers.remove().run();
        assertThat(asked).containsExactly("hello");
        answers.remove().complete(true);
        assertThat(said()).isEqualTo("hello");
    }

    @Test
    void aScreenersNoEndsTheAnswer() {
        RemoteStage stage = remote(OnError.Allow);
        stage.frame(Bodies.says("bad"));
        stage.end();
        answers.remove().complete(false);
        assertThat(blocked)
                .hasValueSatisfying(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.ANSWER_BLOCKED));
        assertThat(out).isEmpty();
        assertThat(ended).isFalse();
    }

    @Test
    void aScreenerThatFailsDoesWhatThePolicySays() {
        RemoteStage strict = remote(OnError.Deny);
        strict.frame(Bodies.says("text"));
        strict.end();
        answers.remove().completeExceptionally(new ScreeningFailedException("STATUS_500"));
        assertThat(blocked)
                .hasValueSatisfying(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.SCREENING_UNAVAILABLE));
        assertThat(out).isEmpty();

        RemoteStage open = remote(OnError.Allow);
        open.frame(Bodies.says("text"));
        open.end();
        answers.remove().completeExceptionally(new ScreeningFailedException("STATUS_500"));
        assertThat(said()).isEqualTo("text");
        assertThat(ended).isTrue();
    }

    @Test
    void callersGetTheFieldsThatAreListed() {
        FieldsStage stage = new FieldsStage(List.of("candidates"), Bodies::answer, next);
        stage.frame(Bodies.event("{\"modelVersion\":\"x\", \"candidates\" : [ {\"index\":0, \"a\":1.0} ],\"b\":{}}"));
        stage.frame(Bodies.event("{\"b\":{\"candidates\":1}}"));
        assertThat(out.stream().map(frame -> Bodies.text(frame.data())))
                .containsExactly("{\"candidates\" : [ {\"index\":0, \"a\":1.0} ]}", "{}");
    }

    @Test
    void blanksBeforeAnAnswerOrAnotherFormHideNoField() {
        FieldsStage stage = new FieldsStage(List.of("a"), Bodies::answer, next);
        stage.frame(Bodies.event("\n\t {\"a\":1,\"b\":2}"));
        stage.frame(Bodies.event("[DONE]"));
        assertThat(out.stream().map(frame -> Bodies.text(frame.data()))).containsExactly("{\"a\":1}", "[DONE]");
        stage.frame(Bodies.event("[{\"b\":2}]"));
        assertThat(blocked).isPresent();
        assertThat(out).hasSize(2);
    }

    @Test
    void aCharacterThatIsCutInTwoByTheEndOfAFrameGoesOnAndIsAskedAboutWhole() {
        // given a stream whose frames cut a character: its halves stand as escapes in two of them
        RemoteStage stage = remote(OnError.Deny);
        stage.frame(Bodies.says("hi \\ud83d"));
        timers.remove().run();
        assertThat(asked).containsExactly("hi ");
        answers.remove().complete(true);
        stage.frame(Bodies.says("\\ude00!"));
        stage.end();
        answers.remove().complete(true);

        // then the screener saw no half, and the caller gets both
        assertThat(asked.getLast()).endsWith("\ud83d\ude00!");
        assertThat(out).hasSize(2);
        assertThat(ended).isTrue();
    }

    @Test
    void aHalfThatNothingFollowsIsNoWayAroundAScreener() {
        RemoteStage stage = remote(OnError.Allow);
        stage.frame(Bodies.says("bad\\ud83d"));
        stage.end();
        assertThat(asked).containsExactly("bad?");
        answers.remove().complete(false);
        assertThat(blocked).isPresent();
        assertThat(out).isEmpty();
    }

    @Test
    void whatIsMaskedBesideHalfACharacterLeavesIt() {
        LocalStage stage = local(SensitiveRule.of(List.of("EMAIL_ADDRESS"), true));
        stage.frame(Bodies.says("a@b.example \\ud83d"));
        stage.frame(Bodies.says("\\ude00"));
        stage.end();
        assertThat(out.stream().map(frame -> Bodies.text(frame.data())).collect(Collectors.joining()))
                .contains("[EMAIL_ADDRESS] \\ud83d")
                .contains("\\ude00");
    }
}
