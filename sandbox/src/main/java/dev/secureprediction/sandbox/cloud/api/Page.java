package dev.secureprediction.sandbox.cloud.api;

import dev.secureprediction.sandbox.cloud.error.GoogleErrors;
import java.util.List;

/**
 * One page of a list (AIP-158).
 *
 * @param nextToken empty on the last page
 */
record Page<T>(List<T> items, String nextToken) {
    private static final int USUAL_SIZE = 100;

    static <T> Page<T> of(List<T> all, int size, String token) {
        int from = start(token);
        int to = Math.min(all.size(), from + (size > 0 ? Math.min(size, USUAL_SIZE) : USUAL_SIZE));
        return from >= all.size()
                ? new Page<>(List.of(), "")
                : new Page<>(all.subList(from, to), to < all.size() ? Integer.toString(to) : "");
    }

    private static int start(String token) {
        try {
            return token.isEmpty() ? 0 : Integer.parseUnsignedInt(token);
        } catch (NumberFormatException e) {
            throw GoogleErrors.invalid("page_token: not one that this service gave out");
        }
    }
}
