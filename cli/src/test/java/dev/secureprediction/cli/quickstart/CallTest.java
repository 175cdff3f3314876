package dev.secureprediction.cli.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CallTest {

    private static final Answer REFUSED = new Answer(403, "{\"error\":{}}", List.of(Duration.ofMillis(3)));

    @Test
    void theExpectedStatusIsAsExpected() {
        Call.Outcome outcome = Call.expecting(403, "guest", () -> REFUSED).run();

        assertThat(outcome.wrong()).isEmpty();
        assertThat(outcome.line()).startsWith("✓").contains("guest").contains("403");
    }

    @Test
    void anotherStatusIsNot() {
        Call.Outcome outcome = Call.expecting(200, "analyst", () -> REFUSED).run();

        assertThat(outcome.wrong())
                .hasValueSatisfying(wrong -> assertThat(wrong).contains("expected 200, got 403"));
        assertThat(outcome.line()).startsWith("✗").contains("NOT AS EXPECTED");
    }

    @Test
    void aRightStatusWithAWrongBodyIsNot() {
        Call.Outcome outcome = Call.expecting(403, "guest", () -> REFUSED)
                .and(answer -> Optional.of("the refusal names a role"))
                .run();

        assertThat(outcome.line()).contains("the refusal names a role");
    }

    @Test
    void noAnswerIsReportedAndDoesNotEndTheRun() {
        Call.Outcome outcome = Call.expecting(200, "analyst", () -> {
                    throw new IllegalStateException("connection refused");
                })
                .run();

        assertThat(outcome.wrong()).contains("no answer: connection refused");
    }

    @Test
    void aStreamSaysHowItArrived() {
        Answer streamed = new Answer(200, "", List.of(Duration.ofMillis(10), Duration.ofMillis(310)));

        assertThat(Call.expecting(200, "stream", () -> streamed).run().line()).contains("2 chunks over 300 ms");
    }
}
