package dev.secureprediction.operator.it;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.secureprediction.sandbox.process.ChildProcess;
import dev.secureprediction.sandbox.process.ClaimedPorts;
import dev.secureprediction.sandbox.process.ProcessSpec;
import dev.secureprediction.sandbox.process.UserCache;
import dev.secureprediction.sandbox.tls.Authority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Keycloak itself, with the realm of a sample imported; and people and services that ask it for tokens as they do. */
final class Keycloak implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern FORM = Pattern.compile("action=\"([^\"]+)\"");
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");
    private static final String CALLBACK = "https://chat.example.com/signed-in";
    private static final String PASSWORD = "not-a-secret-here";

    private final ChildProcess process;
    private final String url;
    private final Authority authority;

    private Keycloak(ChildProcess process, String url, Authority authority) {
        this.process = process;
        this.url = url;
        this.authority = authority;
    }

    /**
     * Starts it, and waits until it serves.
     *
     * @param distribution where it was unpacked
     * @param realm to import
     */
    static Keycloak start(Path distribution, Path realm, Path folder) throws IOException {
        var authority = Authority.create();
        var port = ClaimedPorts.claim(UserCache.ofUser());
        var url = "https://127.0.0.1:" + port;
        var certificate = authority.certificate("127.0.0.1");
        var crt = Files.writeString(folder.resolve("tls.crt"), certificate.certificatePem());
        var key = Files.writeString(folder.resolve("tls.key"), certificate.keyPem());
        var home = folder.resolve("keycloak");
        copy(distribution, home);
        Files.createDirectories(home.resolve("data/import"));
        Files.copy(realm, home.resolve("data/import").resolve(realm.getFileName()));
        var process = ChildProcess.start(new ProcessSpec(
                "keycloak",
                List.of(
                        "/bin/sh",
                        home.resolve("bin/kc.sh").toString(),
                        "start-dev",
                        "--import-realm",
                        "--db=dev-mem",
                        "--cache=local",
                        "--http-enabled=false",
                        "--http-host=127.0.0.1",
                        "--https-port=" + port,
                        "--hostname=" + url,
                        "--https-certificate-file=" + crt,
                        "--https-certificate-key-file=" + key),
                Map.of(
                        "PATH",
                        "/usr/local/bin:/usr/bin:/bin",
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        // it starts once and is soon gone: the second compiler would not pay
                        "JAVA_OPTS",
                        "-Xms128m -Xmx384m -XX:MetaspaceSize=128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1",
                        "BATCH_SECRET",
                        PASSWORD,
                        "PEOPLE_PASSWORD",
                        PASSWORD,
                        "KC_BOOTSTRAP_ADMIN_USERNAME",
                        "admin",
                        "KC_BOOTSTRAP_ADMIN_PASSWORD",
                        PASSWORD),
                home,
                folder.resolve("keycloak.log"),
                folder));
        var keycloak = new Keycloak(process, url, authority);
        try {
            await().atMost(PATIENCE).until(() -> !process.alive() || keycloak.serves());
        } catch (RuntimeException e) {
            keycloak.close();
            throw e;
        }
        if (!process.alive()) {
            throw new IllegalStateException("Keycloak ended: " + process.logTail(20));
        }
        return keycloak;
    }

    /** What is made as it starts goes into a copy; its jars are links. */
    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (file.startsWith(from.resolve("lib/lib"))) {
                    Files.createLink(target, file);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    /** As in the environment's `issuers[].url`. */
    String realm() {
        return url + "/realms/acme";
    }

    String authorityPem() {
        return authority.caPem();
    }

    /** A service's token, by its client's secret. */
    String tokenOfService() {
        return tokens(Map.of(
                        "grant_type", "client_credentials", "client_id", "prediction-batch", "client_secret", PASSWORD))
                .path("access_token")
                .asText();
    }

    /** What a person gets who signs in by a browser: authorization code with PKCE. */
    JsonNode signIn(String username) {
        var browser = client();
        var verifier = "a-verifier-of-at-least-forty-three-characters-" + username;
        var page = send(
                browser,
                HttpRequest.newBuilder(URI.create(realm() + "/protocol/openid-connect/auth?"
                        + form(Map.of(
                                "client_id", "prediction-web",
                                "response_type", "code",
                                "scope", "openid",
                                "redirect_uri", CALLBACK,
                                "code_challenge_method", "S256",
                                "code_challenge", challenge(verifier))))));
        var action = FORM.matcher(page.body());
        if (!action.find()) {
            throw new IllegalStateException("no form to sign in: " + page.statusCode() + " " + page.body());
        }
        var back = send(
                browser,
                post(action.group(1).replace("&amp;", "&"), Map.of("username", username, "password", PASSWORD)));
        var code = CODE.matcher(back.headers().firstValue("location").orElse(""));
        if (!code.find()) {
            throw new IllegalStateException(username + " was not signed in: " + back.statusCode() + " " + back.body());
        }
        return tokens(Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                "prediction-web",
                "redirect_uri",
                CALLBACK,
                "code",
                code.group(1),
                "code_verifier",
                verifier));
    }

    /** A new key, which signs from now on; the one before is still published. */
    void rotate() {
        var admin = JSON.createObjectNode();
        var token = json(send(
                        client(),
                        post(
                                url + "/realms/master/protocol/openid-connect/token",
                                Map.of(
                                        "grant_type", "password",
                                        "client_id", "admin-cli",
                                        "username", "admin",
                                        "password", PASSWORD))))
                .path("access_token")
                .asText();
        admin.put("name", "newer")
                .put("providerId", "rsa-generated")
                .put("providerType", "org.keycloak.keys.KeyProvider")
                .putObject("config")
                .set("priority", JSON.createArrayNode().add("1000"));
        var answer = send(
                client(),
                HttpRequest.newBuilder(URI.create(url + "/admin/realms/acme/components"))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(admin.toString())));
        if (answer.statusCode() != 201) {
            throw new IllegalStateException("no new key: " + answer.statusCode() + " " + answer.body());
        }
    }

    @Override
    public void close() {
        process.kill();
    }

    private boolean serves() {
        try {
            return send(client(), HttpRequest.newBuilder(URI.create(realm() + "/.well-known/openid-configuration")))
                            .statusCode()
                    == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private JsonNode tokens(Map<String, String> grant) {
        return json(send(client(), post(realm() + "/protocol/openid-connect/token", grant)));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.statusCode() + " " + answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A browser of its own each time, or a person would still be signed in. */
    private HttpClient client() {
        return HttpClient.newBuilder()
                .sslContext(authority.clientContext())
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    private static HttpRequest.Builder post(String address, Map<String, String> fields) {
        return HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form(fields)));
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(Duration.ofMinutes(1)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String challenge(String verifier) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
