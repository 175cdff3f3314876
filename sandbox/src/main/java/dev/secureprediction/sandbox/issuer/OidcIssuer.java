package dev.secureprediction.sandbox.issuer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.Server;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.secureprediction.sandbox.tls.Authority;
import dev.secureprediction.sandbox.tls.LoopbackServer;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * An issuer of access tokens on loopback: discovery (OpenID Connect Discovery 1.0), a key set (RFC 7517) and a token
 * endpoint that asks for no password. Its paths and claims are those of an Okta custom authorization server.
 */
public final class OidcIssuer implements AutoCloseable {
    /** The grant of the sandbox's own token endpoint: whoever asks gets a token for the person named. */
    public static final String USER_GRANT = "urn:sandbox:user";

    /** A service for itself (RFC 6749, section 4.4); any secret will do. */
    private static final String CLIENT_GRANT = "client_credentials";

    private static final String PATH = "/oauth2/default";
    private static final long TOKEN_SECONDS = 3600;

    private final List<Person> people;
    private final List<String> audiences;
    private final AtomicReference<SigningKeys> keys = new AtomicReference<>(SigningKeys.generate());
    private final AtomicReference<IssuerFault> fault = new AtomicReference<>(new IssuerFault.None());
    private final AtomicReference<IssuerRequests> requests = new AtomicReference<>(new IssuerRequests(0, 0, 0));
    private final AtomicReference<Duration> keysMaxAge = new AtomicReference<>(Duration.ofMinutes(5));
    private final Server server;

    private OidcIssuer(Authority authority, List<Person> people, List<String> audiences) {
        this.people = List.copyOf(people);
        this.audiences = List.copyOf(audiences);
        server = LoopbackServer.builder(authority)
                .service(PATH + "/.well-known/openid-configuration", (ctx, request) -> {
                    requests.updateAndGet(IssuerRequests::withDiscovery);
                    return faulty(this::discovery);
                })
                .service(PATH + "/v1/keys", (ctx, request) -> {
                    requests.updateAndGet(IssuerRequests::withKeys);
                    return faulty(this::keySet);
                })
                .service(PATH + "/v1/token", (ctx, request) -> {
                    requests.updateAndGet(IssuerRequests::withTokens);
                    return HttpResponse.of(request.aggregate().thenApply(this::tokenResponse));
                })
                .build();
    }

    /** Starts an issuer for the sandbox's people and the audiences of its three environments, on a free port. */
    public static OidcIssuer start(Authority authority) {
        return start(
                authority,
                Person.sandboxPeople(),
                List.of("api://prediction-qa", "api://prediction-staging", "api://prediction-production"));
    }

    /**
     * Starts an issuer on a free port of 127.0.0.1.
     *
     * @param people whom its token endpoint knows
     * @param audiences what its token endpoint issues tokens for
     */
    public static OidcIssuer start(Authority authority, List<Person> people, List<String> audiences) {
        var issuer = new OidcIssuer(authority, people, audiences);
        issuer.server.start().join();
        return issuer;
    }

    /** The exact value of the `iss` claim. */
    public String url() {
        return "https://127.0.0.1:" + server.activeLocalPort() + PATH;
    }

    /**
     * An RS256 access token, valid for an hour.
     *
     * @param user the username of one of its people
     * @throws IllegalArgumentException for a stranger
     */
    public String token(String user, String audience) {
        Person person =
                person(user).orElseThrow(() -> new IllegalArgumentException("The issuer knows no user " + user));
        return newToken().person(person).audience(audience).build();
    }

    /** A token to be shaped at will; it starts valid, without subject and audience. */
    public TokenBuilder newToken() {
        return new TokenBuilder(keys.get(), url());
    }

    /** The keys of this moment, the private halves too. */
    public SigningKeys signingKeys() {
        return keys.get();
    }

    /** From now on new keys sign; the last ones stay published. */
    public void rotate() {
        keys.updateAndGet(SigningKeys::rotated);
    }

    /** From now on new keys sign, and no older one is published: tokens out there stop working. */
    public void rotateWithoutOverlap() {
        keys.set(SigningKeys.generate());
    }

    /** How discovery and keys answer from now on. */
    public void fault(IssuerFault next) {
        fault.set(next);
    }

    /** The `max-age` of the key set's Cache-Control; 5 minutes at first. */
    public void keysMaxAge(Duration age) {
        keysMaxAge.set(age);
    }

    /** How often it was asked. */
    public IssuerRequests requests() {
        return requests.get();
    }

    @Override
    public void close() {
        // not awaited: its event loop lingers for two seconds to no purpose here
        Thread.startVirtualThread(server::close);
    }

    private Optional<Person> person(String username) {
        return people.stream().filter(p -> p.username().equals(username)).findFirst();
    }

    private HttpResponse faulty(Supplier<HttpResponse> sound) {
        return switch (fault.get()) {
            case IssuerFault.None f -> sound.get();
            case IssuerFault.Status f -> HttpResponse.of(HttpStatus.valueOf(f.status()));
            case IssuerFault.Silence f -> HttpResponse.streaming();
            case IssuerFault.Html f ->
                HttpResponse.of(HttpStatus.OK, MediaType.HTML_UTF_8, "<html><body>Please sign in</body></html>");
            case IssuerFault.EmptyKeySet f -> HttpResponse.of(HttpStatus.OK, MediaType.JSON, "{\"keys\":[]}");
            case IssuerFault.BrokenKey f ->
                HttpResponse.of(
                        HttpStatus.OK,
                        MediaType.JSON,
                        "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"broken\",\"e\":\"AQAB\"}]}");
        };
    }

    private HttpResponse discovery() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", url());
        document.put("authorization_endpoint", url() + "/v1/authorize");
        document.put("token_endpoint", url() + "/v1/token");
        document.put("jwks_uri", url() + "/v1/keys");
        document.put("response_types_supported", List.of("code"));
        document.put("subject_types_supported", List.of("public"));
        document.put("id_token_signing_alg_values_supported", List.of("RS256", "ES256"));
        document.put("grant_types_supported", List.of(USER_GRANT, CLIENT_GRANT));
        return json(HttpStatus.OK, "max-age=86400, must-revalidate", document);
    }

    private HttpResponse keySet() {
        String cacheControl = "max-age=" + keysMaxAge.get().toSeconds() + ", must-revalidate";
        return json(HttpStatus.OK, cacheControl, keys.get().published().toJSONObject());
    }

    private HttpResponse tokenResponse(AggregatedHttpRequest request) {
        QueryParams form = QueryParams.fromQueryString(request.contentUtf8());
        if (CLIENT_GRANT.equals(form.get("grant_type"))) {
            return clientResponse(request, form.get("scope", ""));
        }
        if (!USER_GRANT.equals(form.get("grant_type"))) {
            return refusal(
                    "unsupported_grant_type",
                    "grant_type: this issuer takes " + USER_GRANT + " and " + CLIENT_GRANT + " only");
        }
        Optional<Person> person = person(form.get("username", ""));
        if (person.isEmpty()) {
            return refusal("invalid_grant", "username: not one of this issuer's people");
        }
        String audience = form.get("audience", "");
        if (!audiences.contains(audience)) {
            return refusal("invalid_target", "audience: use one of " + String.join(", ", audiences));
        }
        return token(newToken().person(person.get()).audience(audience), "prediction");
    }

    /** Names the client in {@code cid} and no group; for the first audience, since an authorization server of Okta has one. */
    private HttpResponse clientResponse(AggregatedHttpRequest request, String scope) {
        Optional<String> client = basicUser(request.headers().get(HttpHeaderNames.AUTHORIZATION, ""));
        if (client.isEmpty()) {
            return refusal("invalid_client", "send client id and secret by HTTP Basic");
        }
        if (scope.isEmpty()) {
            return refusal("invalid_scope", "scope: name the scopes that the token is for");
        }
        return token(
                newToken()
                        .subject(client.get())
                        .claim("cid", client.get())
                        .claim("scp", List.of(scope.split(" ", -1)))
                        .audience(audiences.getFirst()),
                scope);
    }

    private static Optional<String> basicUser(String authorization) {
        if (!authorization.startsWith("Basic ")) {
            return Optional.empty();
        }
        try {
            String pair = new String(Base64.getDecoder().decode(authorization.substring("Basic ".length())), UTF_8);
            return Optional.of(pair.split(":", 2)[0]).filter(id -> !id.isEmpty());
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static HttpResponse token(TokenBuilder token, String scope) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("token_type", "Bearer");
        body.put("expires_in", TOKEN_SECONDS);
        body.put("access_token", token.build());
        body.put("scope", scope);
        return json(HttpStatus.OK, "no-store", body);
    }

    /** RFC 6749, section 5.2. */
    private static HttpResponse refusal(String error, String description) {
        return json(HttpStatus.BAD_REQUEST, "no-store", Map.of("error", error, "error_description", description));
    }

    private static HttpResponse json(HttpStatus status, String cacheControl, Map<String, Object> body) {
        var headers = ResponseHeaders.builder(status)
                .contentType(MediaType.JSON)
                .set(HttpHeaderNames.CACHE_CONTROL, cacheControl)
                .build();
        return HttpResponse.of(headers, HttpData.ofUtf8(JSONObjectUtils.toJSONString(body)));
    }
}
