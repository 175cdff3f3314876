package dev.secureprediction.gateway.attack;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One HTTP/1.1 answer as it came.
 *
 * @param status its code
 * @param head status line and fields
 * @param body as far as its Content-Length goes
 */
record RawAnswer(int status, String head, String body) {

    /** A field's value. */
    Optional<String> header(String name) {
        return head.lines()
                .skip(1)
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    /** All answers in the bytes, one after the other. */
    static List<RawAnswer> parse(byte[] bytes) {
        List<RawAnswer> answers = new ArrayList<>();
        String rest = new String(bytes, StandardCharsets.ISO_8859_1);
        while (!rest.isEmpty()) {
            int end = rest.indexOf("\r\n\r\n");
            if (!rest.startsWith("HTTP/1.") || end < 0) {
                answers.add(new RawAnswer(0, rest, ""));
                break;
            }
            String head = rest.substring(0, end);
            int status = Integer.parseInt(head.substring(9, 12));
            RawAnswer answer = new RawAnswer(status, head, "");
            int length = answer.header("content-length").map(Integer::parseInt).orElse(0);
            int until = Math.min(rest.length(), end + 4 + length);
            answers.add(new RawAnswer(status, head, rest.substring(end + 4, until)));
            rest = rest.substring(until);
        }
        return answers;
    }

    /**
     * Whether at least one whole answer has come.
     *
     * @param bodiless whether it has none, whatever length it names
     */
    static boolean isComplete(byte[] bytes, boolean bodiless) {
        List<RawAnswer> answers = parse(bytes);
        if (answers.isEmpty() || answers.getFirst().status() == 0) {
            return false;
        }
        RawAnswer last = answers.getLast();
        return last.status() >= 200
                && (bodiless
                        || last.body().length()
                                >= last.header("content-length")
                                        .map(Integer::parseInt)
                                        .orElse(0));
    }
}
