package dev.secureprediction.gateway.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads the addresses that proxies have noted, the farthest first. Not to be believed as they are. */
final class ForwardedFor {
    private static final int MAX_HOPS = 32;

    private ForwardedFor() {}

    /** `X-Forwarded-For`: a list of addresses, some with a port. */
    static List<String> listed(List<String> values) {
        List<String> hops = new ArrayList<>();
        for (String value : values) {
            for (String hop : value.split(",", -1)) {
                hops.add(address(hop.strip()));
            }
        }
        return nearest(hops);
    }

    /** `Forwarded` (RFC 7239, section 4): the `for` of each element. */
    static List<String> forwarded(List<String> values) {
        List<String> hops = new ArrayList<>();
        for (String value : values) {
            for (String element : value.split(",", -1)) {
                hops.add(forOf(element));
            }
        }
        return nearest(hops);
    }

    private static String forOf(String element) {
        for (String pair : element.split(";", -1)) {
            String stripped = pair.strip();
            if (stripped.toLowerCase(Locale.ROOT).startsWith("for=")) {
                return address(stripped.substring(4).replace("\"", ""));
            }
        }
        return "";
    }

    /** Without brackets and port; anything that is no address stays none. */
    private static String address(String node) {
        if (node.startsWith("[")) {
            int end = node.indexOf(']');
            return end < 0 ? "" : node.substring(1, end);
        }
        int colon = node.indexOf(':');
        return colon >= 0 && colon == node.lastIndexOf(':') ? node.substring(0, colon) : node;
    }

    private static List<String> nearest(List<String> hops) {
        return hops.size() <= MAX_HOPS ? hops : hops.subList(hops.size() - MAX_HOPS, hops.size());
    }
}
