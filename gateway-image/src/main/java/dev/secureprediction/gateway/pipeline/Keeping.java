package dev.secureprediction.gateway.pipeline;

import dev.secureprediction.gateway.answer.AnswerEnd;
import dev.secureprediction.gateway.answer.AnswerObserver;
import dev.secureprediction.gateway.answer.Frame;
import dev.secureprediction.gateway.cache.Flight;
import dev.secureprediction.gateway.cache.StoredAnswer;
import dev.secureprediction.gateway.surface.AnswerFrame;

/** Watches an answer that may be kept, and decides whether it is. For one event loop. */
public final class Keeping {
    private final Flight flight;
    private final AnswerObserver watch = new Watch();
    private boolean whole;
    private boolean spoilt;
    private boolean ended;

    Keeping(Flight flight) {
        this.flight = flight;
    }

    AnswerObserver watch() {
        return watch;
    }

    /** The caller has this answer, to its end: it is kept if the model said that it is whole, and calls no tool. */
    public void keep(StoredAnswer answer) {
        if (ended && whole && !spoilt) {
            flight.land(answer);
        } else {
            flight.giveUp();
        }
    }

    /** There is no answer that could be kept. */
    public void giveUp() {
        flight.giveUp();
    }

    /** The caller is gone, or the call was cut. */
    public void abandon() {
        flight.abandon();
    }

    private final class Watch implements AnswerObserver {
        @Override
        public boolean wantsFrames() {
            return true;
        }

        @Override
        public void began(int status, String contentType) {
            spoilt |= status != 200;
        }

        @Override
        public void released(Frame frame) {
            if (frame.hasData()) {
                AnswerFrame.End end = frame.content().end();
                whole |= end == AnswerFrame.End.COMPLETE;
                spoilt |= frame.content().tools() || end == AnswerFrame.End.PARTIAL || end == AnswerFrame.End.ERROR;
            }
        }

        @Override
        public void ended(AnswerEnd end) {
            ended = end.kind() == AnswerEnd.Kind.COMPLETE;
        }
    }
}
