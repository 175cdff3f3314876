package dev.secureprediction.gateway.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.secureprediction.gateway.permission.PermissionQuestions.Carrier;
import dev.secureprediction.policy.model.Credential;
import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.Upstream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A gateway asks Google what it may do, and says what is missing, what is too much and what it could not ask. */
final class PermissionWatchTest {

    private static final String PREDICT = "aiplatform.endpoints.predict";
    private static final Upstream ENDPOINT = upstream(new Model.Endpoint("churn"));
    private static final Upstream GEMINI = upstream(new Model.Publisher("google", "gemini-2.5-flash"));

    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile boolean down;
    private volatile Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private final PermissionWatch watch = new PermissionWatch(this::answer, new Clock() {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    @Test
    void onAnEndpointOfItsOwnItNeedsNothingOfTheProject() {
        held.add("endpoints/churn " + PREDICT);

        OwnPermissions own = ask(ENDPOINT);

        assertThat(own.exact()).isTrue();
        assertThat(asked)
                .containsExactly(
                        "https://vertex.example/v1beta1/projects/acme-ml-qa/locations/europe-west4/endpoints/churn:testIamPermissions",
                        "https://cloudresourcemanager.googleapis.com/v3/projects/acme-ml-qa:testIamPermissions");
    }

    @Test
    void whatReachesOtherEndpointsIsATripwire() {
        held.add("endpoints/churn " + PREDICT);
        held.add("projects/acme-ml-qa " + PREDICT);
        held.add("projects/acme-ml-qa iam.serviceAccountKeys.create");

        assertThat(ask(ENDPOINT).excess())
                .containsExactlyInAnyOrder(
                        PREDICT + " on projects/acme-ml-qa", "iam.serviceAccountKeys.create on projects/acme-ml-qa");
    }

    @Test
    void forAPublisherModelTheProjectIsWhereItIsNeeded() {
        assertThat(ask(GEMINI).missing()).containsExactly(PREDICT);
    }

    @Test
    void howLongSomethingIsMissingIsRememberedUntilItIsThere() {
        // given
        Instant begun = now;
        assertThat(ask(GEMINI).missingSince()).contains(begun);
        // when asked again a little later, as something is missing
        now = begun.plusSeconds(3);
        assertThat(ask(GEMINI).missingSince()).contains(begun);
        // then it is gone with its cause
        held.add("projects/acme-ml-qa " + PREDICT);
        now = begun.plusSeconds(6);
        assertThat(ask(GEMINI).missingSince()).isEmpty();
    }

    @Test
    void aSettledAnswerIsNotAskedForAgainWithinAMinute() {
        held.add("projects/acme-ml-qa " + PREDICT);
        ask(GEMINI);
        now = now.plus(Duration.ofSeconds(59));

        watch.tick(GEMINI, () -> "Bearer ya29.test");

        assertThat(asked).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "8, 2", "40, 10", "240, 60", "3600, 60"})
    void whatIsMissingForLongIsAskedForLessOften(long missing, long pause) {
        // given
        ask(GEMINI);
        now = now.plusSeconds(missing);
        ask(GEMINI);
        // when not all of the pause is over, then nobody is asked
        now = now.plusSeconds(pause).minusMillis(1);
        watch.tick(GEMINI, () -> "Bearer ya29.test");
        assertThat(asked).hasSize(2);
        // and when it is
        now = now.plusMillis(1);
        ask(GEMINI);
        assertThat(asked).hasSize(3);
    }

    @Test
    void whatCannotBeAskedIsSaidWithoutNamingAHost() {
        down = true;

        assertThat(ask(GEMINI).unread())
                .containsExactly("own permissions on projects/acme-ml-qa: Google did not answer");
    }

    private OwnPermissions ask(Upstream upstream) {
        Instant at = now;
        watch.tick(upstream, () -> "Bearer ya29.test");
        await().until(() ->
                watch.of(upstream).filter(own -> own.askedAt().equals(at)).isPresent());
        return watch.of(upstream).orElseThrow();
    }

    private Set<String> answer(String url, Carrier carrier, List<String> permissions, String authorization)
            throws IOException {
        if (down) {
            throw new IOException("secret.internal.example refused");
        }
        assertThat(carrier).isEqualTo(url.contains("/endpoints/") ? Carrier.Query : Carrier.Body);
        asked.add(url);
        String resource = url.contains("/endpoints/") ? "endpoints/churn" : "projects/acme-ml-qa";
        Set<String> answer = new HashSet<>();
        for (String permission : permissions) {
            if (held.contains(resource + " " + permission)) {
                answer.add(permission);
            }
        }
        return answer;
    }

    private static Upstream upstream(Model model) {
        return new Upstream(
                "vertex.example", "acme-ml-qa", "100000000002", "europe-west4", model, new Credential.Metadata());
    }
}
