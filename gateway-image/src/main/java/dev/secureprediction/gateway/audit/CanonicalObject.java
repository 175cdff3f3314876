package dev.secureprediction.gateway.audit;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Writes one object straight in its canonical form (RFC 8785): members come in the order of their names, which is checked,
 * so that nothing has to be sorted or parsed again before it is hashed. For one thread.
 */
final class CanonicalObject {
    private static final int DEPTH = 8;
    private static final long MAX_EXACT = (1L << 53) - 1; // more is no number to RFC 8785

    private final JsonBytes out;
    private final String[] last = new String[DEPTH];
    private int depth = -1;

    CanonicalObject(JsonBytes out) {
        this.out = out;
    }

    /** Begins the outermost object. */
    CanonicalObject begin() {
        depth = 0;
        last[0] = "";
        out.ascii('{');
        return this;
    }

    CanonicalObject begin(String name) {
        name(name);
        out.ascii('{');
        last[++depth] = "";
        return this;
    }

    CanonicalObject end() {
        depth--;
        out.ascii('}');
        return this;
    }

    CanonicalObject text(String name, String value) {
        name(name);
        out.string(value);
        return this;
    }

    CanonicalObject number(String name, long value) {
        name(name);
        out.ascii(Long.toString(Math.clamp(value, -MAX_EXACT, MAX_EXACT)));
        return this;
    }

    CanonicalObject flag(String name, boolean value) {
        name(name);
        out.ascii(value ? "true" : "false");
        return this;
    }

    /** Milliseconds with up to three decimals. */
    CanonicalObject milliseconds(String name, Duration duration) {
        long micros = Math.max(0, duration.toNanos() / 1_000);
        name(name);
        out.ascii(Long.toString(micros / 1_000));
        long thousandths = micros % 1_000;
        if (thousandths > 0) {
            String digits = Long.toString(1_000 + thousandths);
            int end = digits.length();
            while (digits.charAt(end - 1) == '0') {
                end--;
            }
            out.ascii('.');
            out.ascii(digits.substring(1, end));
        }
        return this;
    }

    /** A member that lists objects. */
    <T> CanonicalObject each(String name, List<T> items, BiConsumer<CanonicalObject, T> members) {
        name(name);
        out.ascii('[');
        for (int i = 0; i < items.size(); i++) {
            out.ascii(i == 0 ? "{" : ",{");
            last[++depth] = "";
            members.accept(this, items.get(i));
            end();
        }
        out.ascii(']');
        return this;
    }

    private void name(String name) {
        String before = last[depth];
        if (before.compareTo(name) >= 0) {
            throw new IllegalStateException("member " + name + " must come before " + before);
        }
        if (!before.isEmpty()) {
            out.ascii(',');
        }
        last[depth] = name;
        out.string(name);
        out.ascii(':');
    }
}
