package dev.secureprediction.gateway.surface;

import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.route.Route;
import java.util.Optional;

/** Reads one surface's bodies, requests and answers. Immutable, safe for use by many threads. */
public interface Extractor {

    /**
     * Reads a request's body in one bounded pass.
     *
     * @throws RefusedException when it is no body of this surface; names the field
     */
    Content read(Route route, byte[] body) throws RefusedException;

    /**
     * Reads a request's body where nothing looks at its texts: checks the same, and may leave texts out.
     *
     * @throws RefusedException as {@link #read} does
     */
    default Content outline(Route route, byte[] body) throws RefusedException {
        return read(route, body);
    }

    /** The edit that gives a body without one, or with a larger one, this output cap in tokens; empty: nowhere to put it. */
    Optional<Edit> capOutput(Route route, byte[] body, long cap);

    /** Reads a frame of an answer; one that cannot be read counts as an error frame. */
    AnswerFrame answer(Route route, byte[] frame);

    /** Whether answers of this surface say how many tokens were used. */
    boolean reportsTokens();
}
