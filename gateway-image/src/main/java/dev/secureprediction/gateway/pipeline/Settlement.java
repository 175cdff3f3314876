package dev.secureprediction.gateway.pipeline;

import dev.secureprediction.gateway.answer.AnswerEnd;
import dev.secureprediction.gateway.answer.AnswerObserver;
import dev.secureprediction.gateway.limits.Reservation;
import dev.secureprediction.gateway.usage.TokensUsed;
import dev.secureprediction.policy.model.Surface;
import java.util.OptionalLong;

/** Charges what a call used once it has ended. Whatever is not known costs what was reserved. */
final class Settlement implements AnswerObserver {
    private final Reservation reservation;
    private final Surface surface;

    Settlement(Reservation reservation, Surface surface) {
        this.reservation = reservation;
        this.surface = surface;
    }

    /** Google's own counts are read in passing; those of other protocols only from frames. */
    @Override
    public boolean wantsFrames() {
        return surface != Surface.GeminiGenerate;
    }

    @Override
    public void ended(AnswerEnd end) {
        OptionalLong used = end.usage().map(Settlement::total).orElse(OptionalLong.empty());
        switch (end.kind()) {
            case COMPLETE, PARTIAL, BLOCKED -> reservation.settle(used.orElse(reservation.tokens()));
            // what the model still did after that nobody knows
            case BROKEN_OFF -> reservation.settle(Math.max(reservation.tokens(), used.orElse(0)));
            case ERROR -> reservation.settle(used.orElse(0));
        }
    }

    private static OptionalLong total(TokensUsed used) {
        if (used.total().isPresent()) {
            return used.total();
        }
        return used.prompt().isPresent() && used.candidates().isPresent()
                ? OptionalLong.of(used.prompt().getAsLong() + used.candidates().getAsLong())
                : OptionalLong.empty();
    }
}
