package dev.secureprediction.operator.reconciler;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.MDC;

/** Gives all log lines of one reconciliation the same id, beside the resource that the framework adds. */
final class Trace {

    private static final String KEY = "trace";

    private Trace() {}

    static <T> T during(Supplier<T> work) {
        MDC.put(KEY, HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()));
        try {
            return work.get();
        } finally {
            MDC.remove(KEY);
        }
    }
}
