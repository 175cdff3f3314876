package dev.secureprediction.gateway.fuzz;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.assertj.core.api.Assertions;

/**
 * Feeds a parser what its corpus becomes when it is changed at random, from a fixed seed, so that a failure repeats. A
 * parser may refuse its input with the exceptions that it names; anything else, or taking long, is a fault.
 */
public final class Mutations {
    private static final int ROUNDS = 4_000;
    private static final Duration LONG = Duration.ofSeconds(5);
    private static final byte[] SPICE =
            "{}[]\",:.\\/\u0000\n\r %=-0123456789eE+_\u00e9\ufffd".getBytes(StandardCharsets.UTF_8);

    private final List<byte[]> corpus;
    private final Random random = new Random(20_261_122);

    private Mutations(List<byte[]> corpus) {
        this.corpus = corpus;
    }

    /** Of these texts. */
    public static Mutations of(String... corpus) {
        return new Mutations(Arrays.stream(corpus)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    static Mutations of(List<byte[]> corpus) {
        return new Mutations(corpus);
    }

    /** Feeds thousands of inputs; what the parser may throw it catches itself. */
    public void feed(Consumer<byte[]> parser) {
        for (byte[] seed : corpus) {
            one(parser, seed);
        }
        for (int i = 0; i < ROUNDS; i++) {
            byte[] input = corpus.get(random.nextInt(corpus.size()));
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                input = changed(input);
            }
            one(parser, input);
        }
    }

    private static void one(Consumer<byte[]> parser, byte[] input) {
        long began = System.nanoTime();
        try {
            parser.accept(input);
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("input, latin-1: " + new String(input, StandardCharsets.ISO_8859_1), e);
        }
        Assertions.assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LONG);
    }

    private byte[] changed(byte[] input) {
        int at = input.length == 0 ? 0 : random.nextInt(input.length);
        return switch (random.nextInt(6)) {
            case 0 -> with(input, at, SPICE[random.nextInt(SPICE.length)]);
            case 1 -> with(input, at, (byte) random.nextInt(256));
            case 2 -> joined(input, 0, at, input, Math.min(input.length, at + 1 + random.nextInt(8)));
            case 3 -> joined(input, 0, at, new byte[] {SPICE[random.nextInt(SPICE.length)]}, input, at);
            case 4 -> repeated(input, at);
            default -> joined(input, 0, at, corpus.get(random.nextInt(corpus.size())), 0);
        };
    }

    private static byte[] with(byte[] input, int at, byte value) {
        byte[] next = input.clone();
        if (next.length > 0) {
            next[at] = value;
        }
        return next;
    }

    private byte[] repeated(byte[] input, int at) {
        int end = Math.min(input.length, at + 1 + random.nextInt(16));
        byte[] piece = Arrays.copyOfRange(input, at, end);
        byte[] many = new byte[piece.length * 40];
        for (int i = 0; i < many.length; i++) {
            many[i] = piece[i % piece.length];
        }
        return joined(input, 0, at, many, input, at);
    }

    private static byte[] joined(byte[] head, int from, int to, byte[] tail, int tailFrom) {
        return joined(head, from, to, new byte[0], tail, tailFrom);
    }

    private static byte[] joined(byte[] head, int from, int to, byte[] middle, byte[] tail, int tailFrom) {
        byte[] all =
                Arrays.copyOf(Arrays.copyOfRange(head, from, to), to - from + middle.length + tail.length - tailFrom);
        System.arraycopy(middle, 0, all, to - from, middle.length);
        System.arraycopy(tail, tailFrom, all, to - from + middle.length, tail.length - tailFrom);
        return all;
    }
}
