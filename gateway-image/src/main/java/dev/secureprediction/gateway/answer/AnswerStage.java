package dev.secureprediction.gateway.answer;

import dev.secureprediction.gateway.error.Refusal;

/**
 * Something that every frame of one answer passes on its way to the caller. It may change a frame or hold it for a while;
 * it hands on in order.
 */
public interface AnswerStage {

    /** Takes the next frame. */
    void frame(Frame frame);

    /** No frame follows. Once all it held has gone, now or later, it calls {@link Next#end}. */
    void end();

    /** Bytes of the frames that it holds. */
    long held();

    /** The call is over: it hands nothing on any more. */
    void stop();

    /** Makes this stage for one answer. */
    @FunctionalInterface
    interface Step {

        /**
         * Begins an answer.
         *
         * @param next where frames go on to
         * @param loop the thread of this answer
         */
        AnswerStage open(Next next, Loop loop);
    }

    /** What comes behind a stage. Only called on the answer's thread. */
    interface Next {

        void frame(Frame frame);

        void end();

        /** The answer ends here, with this; what is held anywhere never goes out. */
        void block(Refusal refusal);

        /** Something that was held has gone or will not come: there may be room again. */
        void moved();
    }

    /** The thread of an answer. */
    interface Loop {

        /** Runs it there, later. */
        void run(Runnable task);

        /**
         * Runs it there after a while.
         *
         * @return calls it off
         */
        Runnable after(long milliseconds, Runnable task);
    }
}
