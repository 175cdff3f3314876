package dev.secureprediction.bench;

import com.nimbusds.jose.JWSAlgorithm;
import dev.secureprediction.gateway.support.GatewayWorld;
import dev.secureprediction.gateway.support.Policies;
import dev.secureprediction.gateway.support.TestMetadata;
import dev.secureprediction.sandbox.issuer.OidcIssuer;
import dev.secureprediction.sandbox.tls.Authority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What every subject shares: authority, issuer, model, metadata server, tokens. */
final class World implements AutoCloseable {
    private final Path folder = GatewayWorld.newFolder();
    private final Authority authority = Authority.create();
    private final OidcIssuer issuer = OidcIssuer.start(authority);
    private final BenchModel model = BenchModel.start(authority);
    private final TestMetadata metadata = TestMetadata.start();

    World() {
        try {
            authority.writeTrustStore(folder.resolve("trust.p12"));
            Files.writeString(folder.resolve("ca.pem"), authority.caPem());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path folder() {
        return folder;
    }

    OidcIssuer issuer() {
        return issuer;
    }

    BenchModel model() {
        return model;
    }

    TestMetadata metadata() {
        return metadata;
    }

    Authority authority() {
        return authority;
    }

    /** The model itself, without anything in front. */
    Target direct() {
        return new Target("127.0.0.1", model.port(), java.util.Optional.of(authority.clientContext()));
    }

    /** Tokens of analysts, each another one, signed with RS256. */
    List<String> tokens(int count) {
        return tokens(count, JWSAlgorithm.RS256);
    }

    /** The same, signed otherwise. */
    List<String> tokens(int count, JWSAlgorithm algorithm) {
        List<String> tokens = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            tokens.add(issuer.newToken()
                    .algorithm(algorithm)
                    .subject("analyst-" + i + "@example.com")
                    .claim("groups", List.of("everyone", "ml-analysts-qa"))
                    .audience(Policies.AUDIENCE)
                    .build());
        }
        return tokens;
    }

    @Override
    public void close() {
        metadata.close();
        model.close();
        issuer.close();
    }
}
