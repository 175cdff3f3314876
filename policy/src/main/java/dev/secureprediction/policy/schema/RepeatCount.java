package dev.secureprediction.policy.schema;

import java.util.ArrayDeque;
import java.util.Deque;

/** Estimates how large a pattern's program gets, before it is compiled: counted repeats copy what they repeat. */
public final class RepeatCount {

    private static final long CEILING = 1L << 40;

    private final String pattern;
    private final Deque<Long> open = new ArrayDeque<>();
    private long sum;
    private long last;
    private int at;

    private RepeatCount(String pattern) {
        this.pattern = pattern;
    }

    /** An upper estimate of the number of instructions. */
    public static long of(String pattern) {
        RepeatCount count = new RepeatCount(pattern);
        while (count.at < pattern.length()) {
            count.step();
        }
        return count.open.stream().mapToLong(Long::longValue).sum() + count.sum;
    }

    private void step() {
        switch (pattern.charAt(at)) {
            case '\\' -> {
                at += 2;
                add(1);
            }
            case '[' -> {
                at = endOfClass();
                add(1);
            }
            case '(' -> {
                open.push(sum);
                sum = 0;
                last = 0;
                at++;
            }
            case ')' -> {
                long inner = sum + 2;
                sum = open.isEmpty() ? 0 : open.pop();
                add(inner);
                at++;
            }
            case '{' -> repeat();
            default -> {
                add(1);
                at++;
            }
        }
    }

    private void add(long size) {
        last = Math.min(size, CEILING);
        sum = Math.min(sum + last, CEILING);
    }

    private void repeat() {
        int close = pattern.indexOf('}', at);
        String body = close < 0 ? "" : pattern.substring(at + 1, close);
        if (!body.matches("[0-9]{1,6}(,[0-9]{0,6})?")) {
            add(1);
            at++;
            return;
        }
        String[] bounds = body.split(",", -1);
        long most = Math.max(
                Long.parseLong(bounds[0]), bounds.length < 2 || bounds[1].isEmpty() ? 1 : Long.parseLong(bounds[1]));
        long size = last;
        sum -= size;
        add(size * Math.max(1, most));
        at = close + 1;
    }

    private int endOfClass() {
        int i = at + 1;
        // a bracket that comes first, or after ^, stands for itself
        if (i < pattern.length() && pattern.charAt(i) == '^') {
            i++;
        }
        if (i < pattern.length() && pattern.charAt(i) == ']') {
            i++;
        }
        while (i < pattern.length() && pattern.charAt(i) != ']') {
            i += pattern.charAt(i) == '\\' ? 2 : 1;
        }
        return i + 1;
    }
}
