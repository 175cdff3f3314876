package dev.secureprediction.gateway.credential;

import com.google.auth.oauth2.ComputeEngineCredentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.IdentityPoolCredentialSource;
import com.google.auth.oauth2.IdentityPoolCredentials;
import dev.secureprediction.policy.model.Credential;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Google's own library, with exactly the kinds of credential that a policy can name; never a key, never a default. */
public final class GoogleTokenSource implements TokenSource {
    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
    private static final String JWT = "urn:ietf:params:oauth:token-type:jwt";

    private final GoogleCredentials credentials;

    private GoogleTokenSource(GoogleCredentials credentials) {
        this.credentials = credentials;
    }

    /**
     * The source for this kind of credential.
     *
     * @param tokenFile the pod's projected token; needed for federation only
     * @throws IllegalArgumentException when federation has no token file or a URL that is not https
     */
    public static GoogleTokenSource of(Credential credential, Optional<Path> tokenFile) {
        return new GoogleTokenSource(
                switch (credential) {
                    case Credential.Metadata metadata ->
                        ComputeEngineCredentials.newBuilder().build();
                    case Credential.Federation federation ->
                        federated(
                                federation,
                                tokenFile.orElseThrow(() ->
                                        new IllegalArgumentException("federation needs SPE_FEDERATION_TOKEN_FILE")));
                });
    }

    private static GoogleCredentials federated(Credential.Federation federation, Path tokenFile) {
        return IdentityPoolCredentials.newBuilder()
                .setAudience(federation.audience())
                .setSubjectTokenType(JWT)
                .setTokenUrl(federation.tokenUrl())
                .setServiceAccountImpersonationUrl(federation.impersonationUrl())
                .setCredentialSource(new IdentityPoolCredentialSource(
                        Map.of("file", tokenFile.toString(), "format", Map.of("type", "text"))))
                .setScopes(List.of(SCOPE))
                .build();
    }

    @Override
    public AccessToken mint() throws IOException {
        com.google.auth.oauth2.AccessToken token = credentials.refreshAccessToken();
        if (token.getExpirationTime() == null) {
            throw new IOException("the token has no expiry");
        }
        return new AccessToken(token.getTokenValue(), token.getExpirationTime().toInstant());
    }
}
