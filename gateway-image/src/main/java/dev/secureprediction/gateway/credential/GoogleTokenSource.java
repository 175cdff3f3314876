package dev.secureprediction.gateway.credential;

import dev.secureprediction.policy.model.Credential;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Google's access tokens by the two ways that a policy can name, as Google documents them: from GKE's metadata server, or by the
 * token exchange (RFC 8693) and impersonation. Never a key, never a default (ADR 27).
 */
public final class GoogleTokenSource implements TokenSource {
    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
    private static final String METADATA_PATH = "/computeMetadata/v1/instance/service-accounts/default/token";
    private static final String FLAVOR = "Metadata-Flavor";
    private static final String LIFETIME = "3600s";

    private final TokenService service;
    private final Way way;
    private final Clock clock;

    private interface Way {
        AccessToken mint() throws IOException;
    }

    private GoogleTokenSource(Credential credential, Optional<Path> tokenFile, String metadataHost, Clock clock) {
        this.service = new TokenService();
        this.clock = clock;
        this.way = switch (credential) {
            case Credential.Metadata metadata -> () -> fromMetadata(metadataHost);
            case Credential.Federation federation -> {
                Path file = tokenFile.orElseThrow(
                        () -> new IllegalArgumentException("federation needs SPE_FEDERATION_TOKEN_FILE"));
                URI exchange = https(federation.tokenUrl());
                URI impersonation = https(federation.impersonationUrl());
                yield () -> impersonated(impersonation, exchanged(exchange, federation.audience(), file));
            }
        };
    }

    /**
     * The source for this kind of credential.
     *
     * @param tokenFile the pod's projected token; needed for federation only
     * @param metadataHost `host` or `host:port` of the metadata server
     * @throws IllegalArgumentException when federation has no token file or a URL that is not https
     */
    public static GoogleTokenSource of(
            Credential credential, Optional<Path> tokenFile, String metadataHost, Clock clock) {
        return new GoogleTokenSource(credential, tokenFile, metadataHost, clock);
    }

    private static URI https(String url) {
        URI uri = URI.create(url);
        if (!"https".equals(uri.getScheme()) || uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("a URL of the token exchange must be https");
        }
        return uri;
    }

    @Override
    public AccessToken mint() throws IOException {
        return way.mint();
    }

    /** Its answer is believed only if it says that it is a metadata server: the name could lead anywhere outside of Google. */
    private AccessToken fromMetadata(String host) throws IOException {
        TokenService.Reply reply = service.ask(HttpRequest.newBuilder(URI.create("http://" + host + METADATA_PATH))
                .header(FLAVOR, "Google")
                .GET());
        if (!reply.header(FLAVOR).equals("Google")) {
            throw new IOException("not a metadata server");
        }
        return new AccessToken(reply.text("access_token"), clock.instant().plusSeconds(reply.seconds("expires_in")));
    }

    private String exchanged(URI exchange, String audience, Path file) throws IOException {
        Map<String, String> form = Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "audience",
                audience,
                "scope",
                SCOPE,
                "requested_token_type",
                "urn:ietf:params:oauth:token-type:access_token",
                "subject_token_type",
                "urn:ietf:params:oauth:token-type:jwt",
                // read anew each time: a kubelet replaces it
                "subject_token",
                Files.readString(file).strip());
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return service.ask(HttpRequest.newBuilder(exchange)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body)))
                .text("access_token");
    }

    private AccessToken impersonated(URI impersonation, String token) throws IOException {
        TokenService.Reply reply = service.ask(HttpRequest.newBuilder(impersonation)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"scope\":[\"" + SCOPE + "\"],\"lifetime\":\"" + LIFETIME + "\"}")));
        try {
            return new AccessToken(reply.text("accessToken"), Instant.parse(reply.text("expireTime")));
        } catch (DateTimeParseException e) {
            throw new IOException("the token has no expiry");
        }
    }
}
