package dev.secureprediction.policy.codec;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Rules for what a gateway connects to. */
final class Urls {

    private static final int MAX_URL = 512;
    private static final int MAX_HOST = 253;

    /** Labels of letters, digits and hyphens (RFC 952, RFC 1123), IPv4 literals among them. */
    private static final Pattern HOST = Pattern.compile(
            "[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?)*");

    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");

    private Urls() {}

    static void checkHttps(String pointer, String url) {
        Check.that(
                url.length() <= MAX_URL && isHttps(url),
                pointer,
                "must be an https URL without user information, query or fragment, at most " + MAX_URL
                        + " characters; correct it");
    }

    private static boolean isHttps(String url) {
        try {
            URI uri = new URI(url);
            return "https".equals(uri.getScheme())
                    && uri.getRawAuthority() != null
                    && isAuthority(uri.getRawAuthority())
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.normalize().equals(uri);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    static void checkAuthority(String pointer, String authority) {
        Check.that(
                isAuthority(authority) && authority.equals(authority.toLowerCase(Locale.ROOT)),
                pointer,
                "must be `host` or `host:port` in lower case, without scheme, path or user information; correct it");
    }

    private static boolean isAuthority(String authority) {
        int colon = authority.indexOf(':');
        String host = colon < 0 ? authority : authority.substring(0, colon);
        if (host.length() > MAX_HOST || !HOST.matcher(host).matches()) {
            return false;
        }
        return colon < 0 || isPort(authority.substring(colon + 1));
    }

    private static boolean isPort(String port) {
        return PORT.matcher(port).matches() && Integer.parseInt(port) <= 65_535;
    }
}
