package dev.secureprediction.gateway.answer;

import dev.secureprediction.gateway.usage.UsageScanner;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Fuzz target: answers of every framing, which must be cut alike whatever pieces they come in. */
public final class StreamFuzz {
    private static final int MOST = 64 * 1024;

    private StreamFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        for (Framing framing : Framing.values()) {
            List<String> whole = cut(framing, input, MOST);
            List<String> pieces = cut(framing, input, 1 + input.length % 7);
            if (!pieces.equals(whole)) {
                throw new IllegalStateException(framing + " in pieces is " + pieces + ", as a whole " + whole);
            }
        }
        UsageScanner usage = new UsageScanner();
        int half = input.length / 2;
        usage.scan(Arrays.copyOf(input, half));
        usage.scan(Arrays.copyOfRange(input, half, input.length));
        usage.result();
    }

    /** The data of each frame, then all bytes; of an answer that cannot be read the frames before. */
    private static List<String> cut(Framing framing, byte[] input, int piece) {
        List<String> data = new ArrayList<>();
        StringBuilder all = new StringBuilder();
        FrameSplitter.Frames frames = (before, payload, after) -> {
            if (payload.length > 0) {
                data.add(text(payload));
            }
            all.append(text(before)).append(text(payload)).append(text(after));
        };
        FrameSplitter splitter = framing.splitter(MOST);
        try {
            for (int from = 0; from < input.length; from += piece) {
                splitter.take(Arrays.copyOfRange(input, from, Math.min(input.length, from + piece)), frames);
            }
            splitter.finish(frames);
        } catch (UnreadableAnswerException e) {
            return data; // the bytes since the last frame are not handed on
        }
        data.add(all.toString());
        return data;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
