package dev.secureprediction.gateway.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.Properties;

/**
 * Swagger UI around one document, all in one page: a token opens one request, and what it loads would carry none. The page
 * fetches nothing and can be kept as a file. Its policy for browsers names the two scripts by their hash.
 */
final class DocsPage {
    private static final String VERSION = "/META-INF/maven/org.webjars/swagger-ui/pom.properties";
    private static final String START = """
            SwaggerUIBundle({
              spec: JSON.parse(document.getElementById('openapi').textContent),
              dom_id: '#ui', supportedSubmitMethods: [], validatorUrl: null, deepLinking: false
            });
            """;

    private DocsPage() {}

    static Document around(byte[] openApi) {
        String viewer = asset("swagger-ui-bundle.js");
        String policy =
                "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'unsafe-inline'; img-src data:; "
                        + "script-src '" + hash(viewer) + "' '" + hash(START) + "'";
        // within a script a closing tag would end it, in a string as well; escaped it is the same to JSON
        String document = new String(openApi, StandardCharsets.UTF_8).replace("<", "\\u003c");
        String page = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>API</title>"
                + "<meta http-equiv=\"Content-Security-Policy\" content=\"" + policy + "\">"
                + "<style>" + asset("swagger-ui.css") + "</style></head><body><div id=\"ui\"></div>"
                + "<script type=\"application/json\" id=\"openapi\">" + document + "</script>"
                + "<script>" + viewer + "</script><script>" + START + "</script></body></html>\n";
        return new Document(
                "text/html; charset=utf-8",
                page.getBytes(StandardCharsets.UTF_8),
                Optional.of(policy + "; frame-ancestors 'none'"));
    }

    private static String hash(String script) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String asset(String name) {
        String text = read("/META-INF/resources/webjars/swagger-ui/" + version() + "/" + name);
        if (text.contains("</script") || text.contains("</style")) {
            throw new IllegalStateException(name + " cannot stand within a page");
        }
        // would change how what follows is read as HTML; \x3c means the same in a script's strings and patterns
        return text.replace("<!--", "\\x3c!--").replaceAll("\\R?(//|/\\*)# sourceMappingURL=\\S+( \\*/)?", "");
    }

    private static String version() {
        Properties properties = new Properties();
        try (InputStream in = open(VERSION)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "");
    }

    private static String read(String resource) {
        try (InputStream in = open(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String resource) throws IOException {
        InputStream in = DocsPage.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IOException(resource + " is not in the image");
        }
        return in;
    }
}
