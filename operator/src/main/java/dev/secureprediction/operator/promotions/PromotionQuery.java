package dev.secureprediction.operator.promotions;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody asks: may this contract go on to that environment?
 *
 * @param environment that it should go to
 * @param namespace of the endpoint there
 * @param name of the endpoint there
 * @param digest of the contract; absent: the one that the endpoint asks for
 */
record PromotionQuery(String environment, String namespace, String name, Optional<String> digest) {

    private static final Pattern PATH = Pattern.compile("/promotions/([a-z0-9.-]+)/([a-z0-9-]+)/([a-z0-9.-]+)");
    private static final Pattern DIGEST = Pattern.compile("digest=(v1:[0-9a-f]{64})");

    /** Reads it from `/promotions/{environment}/{namespace}/{name}?digest=…`; empty when it is not that. */
    static Optional<PromotionQuery> of(URI uri) {
        Matcher path = PATH.matcher(uri.getPath());
        String query = uri.getRawQuery();
        if (!path.matches()) {
            return Optional.empty();
        }
        Optional<String> digest = Optional.empty();
        if (query != null) {
            Matcher asked = DIGEST.matcher(URLDecoder.decode(query, StandardCharsets.UTF_8));
            if (!asked.matches()) {
                return Optional.empty();
            }
            digest = Optional.of(asked.group(1));
        }
        return Optional.of(new PromotionQuery(path.group(1), path.group(2), path.group(3), digest));
    }
}
