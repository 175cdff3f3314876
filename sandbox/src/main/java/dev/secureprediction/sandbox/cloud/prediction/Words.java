package dev.secureprediction.sandbox.cloud.prediction;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/** What a generative model says here: the same words for the same prompt. A word counts as a token. */
record Words(List<String> words, boolean cut) {

    Words {
        words = List.copyOf(words);
    }

    /**
     * An answer to a prompt.
     *
     * @param most tokens at most, as the request allows; 0: no limit
     */
    static Words answering(String model, String prompt, int most) {
        String said = prompt.isBlank() ? "nothing" : "“" + prompt.strip() + "”";
        List<String> all = Arrays.asList(("This is " + model + " in the sandbox. You said " + said
                        + ", which I read as " + tokens(prompt) + " tokens. I always answer a prompt in the same way.")
                .split("(?<= )", -1));
        boolean cut = most > 0 && all.size() > most;
        return new Words(cut ? all.subList(0, most) : all, cut);
    }

    /** How many tokens a text counts as. */
    static int tokens(String text) {
        return text.isBlank() ? 0 : text.strip().split("\\s+", -1).length;
    }

    /** A number from 0 to 999 that depends on the text alone. */
    static int score(String text) {
        var crc = new CRC32();
        crc.update(text.getBytes(UTF_8));
        return (int) (crc.getValue() % 1000);
    }

    String text() {
        return String.join("", words);
    }

    /** The text in so many pieces, as even as can be; fewer when there are fewer words. */
    List<String> pieces(int count) {
        List<String> pieces = new ArrayList<>();
        int wanted = Math.max(1, Math.min(count, words.size()));
        for (int i = 0; i < wanted; i++) {
            pieces.add(String.join("", words.subList(words.size() * i / wanted, words.size() * (i + 1) / wanted)));
        }
        return pieces;
    }
}
