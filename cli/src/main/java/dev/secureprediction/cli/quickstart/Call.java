package dev.secureprediction.cli.quickstart;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One call of the quick start and what must come back.
 *
 * @param title who does what, for people
 * @param status the expected HTTP status
 * @param objection what else is wrong with an answer of that status; empty when nothing is
 * @param make makes the call
 */
record Call(String title, int status, Function<Answer, Optional<String>> objection, Supplier<Answer> make) {

    static Call expecting(int status, String title, Supplier<Answer> make) {
        return new Call(title, status, answer -> Optional.empty(), make);
    }

    Call and(Function<Answer, Optional<String>> check) {
        return new Call(title, status, check, make);
    }

    /** Makes the call; never throws. */
    Outcome run() {
        Answer answer;
        try {
            answer = make.get();
        } catch (RuntimeException problem) {
            return new Outcome(this, Optional.empty(), Optional.of("no answer: " + problem.getMessage()));
        }
        Optional<String> wrong = answer.status() == status
                ? objection.apply(answer)
                : Optional.of("expected " + status + ", got " + answer.status() + ": " + answer.body());
        return new Outcome(this, Optional.of(answer), wrong);
    }

    /**
     * How a call went.
     *
     * @param call the call
     * @param answer what came back, if anything
     * @param wrong what is not as expected; empty when all is
     */
    record Outcome(Call call, Optional<Answer> answer, Optional<String> wrong) {

        String line() {
            String got = answer.map(a -> Integer.toString(a.status())).orElse("---");
            String detail = wrong.map(w -> "  NOT AS EXPECTED: " + w)
                    .orElseGet(() -> answer.map(Outcome::summary).orElse(""));
            return "%s %-58s %s%s".formatted(wrong.isEmpty() ? "✓" : "✗", call.title(), got, detail);
        }

        private static String summary(Answer answer) {
            return answer.arrivals().size() > 1
                    ? "  %d chunks over %d ms"
                            .formatted(answer.arrivals().size(), answer.spread().toMillis())
                    : "";
        }
    }
}
