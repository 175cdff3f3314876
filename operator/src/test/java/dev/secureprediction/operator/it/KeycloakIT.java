package dev.secureprediction.operator.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.junit.SandboxTest;
import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample for Keycloak, with Keycloak itself: its realm imported, tokens of people and of a service, a new key. */
@SandboxTest
final class KeycloakIT {

    private static final String STREAM = Caller.CHAT.replace(":generateContent", ":streamGenerateContent") + "?alt=sse";
    private static final Path DISTRIBUTION = Path.of(System.getProperty("keycloak.distribution"));

    private final AppliedSamples samples;

    KeycloakIT(Sandbox sandbox) {
        samples = new AppliedSamples(Platform.installed(sandbox));
    }

    @Test
    void peopleAndServicesComeByTheRealmAndItsKeysMayChange(@TempDir Path folder) throws IOException, ParseException {
        try (var keycloak =
                Keycloak.start(DISTRIBUTION, AppliedSamples.SAMPLES.resolve("keycloak/realm/acme.json"), folder)) {
            // given
            samples.apply("keycloak/00-namespaces.yaml");
            samples.apply(
                    "keycloak/10-environment.yaml",
                    yaml -> yaml.replace(
                            "    url: https://keycloak.example.com/realms/acme\n",
                            "    url: " + keycloak.realm() + "\n    caBundle: |\n"
                                    + keycloak.authorityPem().indent(6)));
            samples.apply("keycloak/20-endpoint.yaml");
            var caller = samples.callerOnceReady("handbook", "handbook");

            // then a person of the group may predict and stream, another may not
            var ada = keycloak.signIn("ada");
            var token = ada.path("access_token").asText();
            assertThat(caller.chat(Optional.of(token))).isEqualTo(200);
            assertThat(caller.post(STREAM, Caller.BODY, Optional.of(token))).isEqualTo(200);
            var guest = keycloak.signIn("guest").path("access_token").asText();
            assertThat(caller.chat(Optional.of(guest))).isEqualTo(403);

            // then what says who she is, and is for the web page, is no key to the model
            assertThat(caller.chat(Optional.of(ada.path("id_token").asText()))).isEqualTo(401);

            // then a service has what its client has, and no more
            var service = keycloak.tokenOfService();
            assertThat(caller.chat(Optional.of(service))).isEqualTo(200);
            assertThat(caller.post(STREAM, Caller.BODY, Optional.of(service))).isEqualTo(403);

            // when the realm has a new key
            keycloak.rotate();
            var newer = keycloak.tokenOfService();
            assertThat(key(newer)).isNotEqualTo(key(service));

            // then it is taken up, and tokens of the old one are good while that is published
            assertThat(caller.chat(Optional.of(newer))).isEqualTo(200);
            assertThat(caller.chat(Optional.of(service))).isEqualTo(200);
            samples.remove("handbook", "handbook");
        }
    }

    private static String key(String token) throws ParseException {
        return SignedJWT.parse(token).getHeader().getKeyID();
    }
}
