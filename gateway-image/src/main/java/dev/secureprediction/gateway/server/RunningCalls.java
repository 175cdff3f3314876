package dev.secureprediction.gateway.server;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** The calls that run on one event loop, so that those that outlast the time to end get an answer. For that loop. */
final class RunningCalls {
    private final Set<Exchange> running = Collections.newSetFromMap(new IdentityHashMap<>());

    void began(Exchange call) {
        running.add(call);
    }

    void ended(Exchange call) {
        running.remove(call);
    }

    /** Ends all of them, each in its surface's own way. */
    void cutAll() {
        new ArrayList<>(running).forEach(Exchange::cut);
    }
}
