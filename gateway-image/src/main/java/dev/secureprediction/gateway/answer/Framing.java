package dev.secureprediction.gateway.answer;

import java.util.Locale;

/** How an answer is cut. */
public enum Framing {
    /** A body is one frame. */
    WHOLE {
        @Override
        FrameSplitter splitter(int most) {
            return new WholeBody(most);
        }
    },
    /** Server-sent events. */
    EVENTS {
        @Override
        FrameSplitter splitter(int most) {
            return new EventSplitter(most);
        }
    },
    /** A JSON array, or a whole body where it does not begin like one. */
    ARRAY {
        @Override
        FrameSplitter splitter(int most) {
            return new ArrayOrWhole(most);
        }
    };

    /**
     * How such an answer is cut.
     *
     * @param contentType as the model said
     * @param streamed whether the call asked for a stream
     */
    public static Framing of(String contentType, boolean streamed) {
        if (contentType.toLowerCase(Locale.ROOT).startsWith("text/event-stream")) {
            return EVENTS;
        }
        return streamed ? ARRAY : WHOLE;
    }

    abstract FrameSplitter splitter(int most);
}
