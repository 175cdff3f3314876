package dev.secureprediction.cli.quickstart;

import static dev.secureprediction.cli.quickstart.Call.expecting;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The calls of the quick start. */
final class Calls {

    static final String ANALYST = "analyst@example.com";
    static final String SCIENTIST = "scientist@example.com";
    static final String GUEST = "guest@example.com";
    static final String QUESTION =
            "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Write a haiku about Kubernetes\"}]}]}";

    private static final String MALFORMED = "{\"contents\":\"hello\"}";
    private static final Duration NOTICEABLE = Duration.ofMillis(100);

    private Calls() {}

    static List<Call> of(Target target, GatewayClient gateway, People people) {
        String predict = target.modelPath() + ":generateContent";
        String stream = target.modelPath() + ":streamGenerateContent?alt=sse";
        String audience = target.audience();
        return List.of(
                expecting(
                        200,
                        "analyst predicts",
                        () -> gateway.post(predict, Optional.of(people.token(ANALYST, audience)), QUESTION)),
                expecting(
                                200,
                                "analyst streams, chunks arrive one by one",
                                () -> gateway.post(stream, Optional.of(people.token(ANALYST, audience)), QUESTION))
                        .and(Calls::heldBack),
                expecting(
                        200,
                        "scientist predicts",
                        () -> gateway.post(predict, Optional.of(people.token(SCIENTIST, audience)), QUESTION)),
                expecting(
                        403,
                        "scientist streams, which that role does not allow",
                        () -> gateway.post(stream, Optional.of(people.token(SCIENTIST, audience)), QUESTION)),
                expecting(
                                403,
                                "guest without a role predicts",
                                () -> gateway.post(predict, Optional.of(people.token(GUEST, audience)), QUESTION))
                        .and(Calls::leaksRole),
                expecting(401, "no token", () -> gateway.post(predict, Optional.empty(), QUESTION)),
                expecting(
                        401,
                        "expired token",
                        () -> gateway.post(predict, Optional.of(people.expiredToken(ANALYST, audience)), QUESTION)),
                expecting(
                                400,
                                "malformed body",
                                () -> gateway.post(predict, Optional.of(people.token(ANALYST, audience)), MALFORMED))
                        .and(Calls::namesField),
                expecting(504, "model answers too late", () -> {
                    people.makeNextAnswerLate();
                    return gateway.post(predict, Optional.of(people.token(ANALYST, audience)), QUESTION);
                }),
                expecting(200, "key rotated at the issuer, no restart", () -> {
                    people.rotateKey();
                    return gateway.post(predict, Optional.of(people.token(ANALYST, audience)), QUESTION);
                }));
    }

    private static Optional<String> heldBack(Answer answer) {
        return answer.arrivals().size() < 2 || answer.spread().compareTo(NOTICEABLE) < 0
                ? Optional.of("the stream arrived in one piece")
                : Optional.empty();
    }

    private static Optional<String> leaksRole(Answer answer) {
        return answer.body().contains("analyst") || answer.body().contains("scientist")
                ? Optional.of("the refusal names a role: " + answer.body())
                : Optional.empty();
    }

    private static Optional<String> namesField(Answer answer) {
        return answer.body().contains("contents")
                ? Optional.empty()
                : Optional.of("the field is not named: " + answer.body());
    }
}
