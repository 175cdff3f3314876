package dev.secureprediction.gateway.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.sandbox.issuer.IssuerFault;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Keys of an issuer: unknown, rotated, unreachable. Each test has a gateway of its own, since keys are remembered. */
@Execution(ExecutionMode.CONCURRENT)
final class KeySetAttacksIT {
    private static final int FLOOD = 10_000;
    private static final int AT_ONCE = 100;
    private static final Duration COOL_DOWN = Duration.ofSeconds(15);

    private Attacked gateway;

    @BeforeEach
    void start() {
        gateway = Attacked.start();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    /** A call whose token names a key that no issuer has; made without signing, since there are many. */
    private HttpRequest stranger(int number, String claims) {
        String token = Tokens.assembled("{\"alg\":\"RS256\",\"kid\":\"stranger-" + number + "\"}", claims);
        return HttpRequest.newBuilder(URI.create(gateway.world().gateway().url() + Attacked.PATH))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Attacked.BODY))
                .build();
    }

    private String claims() {
        return Attacked.toJson(Tokens.analystClaims(gateway.world().issuer().url()));
    }

    private int fetches() {
        return gateway.world().issuer().requests().keys();
    }

    @Test
    @DisplayName("A14 unknown key ids, ten thousand of them, cause one fetch")
    void a14_a_flood_of_unknown_key_ids() {
        int before = fetches();
        long began = System.nanoTime();
        String claims = claims();

        for (int sent = 0; sent < FLOOD; sent += AT_ONCE) {
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                answers.add(gateway.world()
                        .client()
                        .sendAsync(stranger(sent + i, claims), HttpResponse.BodyHandlers.ofString()));
            }
            answers.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(401));
        }

        // one, and one more for each cool-down that the flood outlasted on a slow machine
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        assertThat(fetches() - before).isBetween(1, 1 + (int) took.dividedBy(COOL_DOWN));
        gateway.assertNothingUpstream();
        // and who has a good token is served
        gateway.assertServed(gateway.sendWith(gateway.token()));
    }

    @Test
    @DisplayName("A15 a rotated key is taken at once, and the one before still is")
    void a15_rotation() {
        String old = gateway.token();
        gateway.world().issuer().rotate();

        gateway.assertServed(gateway.sendWith(gateway.token()));
        gateway.calm();
        gateway.assertServed(gateway.sendWith(old));
    }

    @Test
    @DisplayName("A15 a withdrawn key is refused once its successor is known, also for tokens seen before")
    void a15_withdrawn_key() {
        String stolen = gateway.token();
        gateway.assertServed(gateway.sendWith(stolen));
        gateway.calm();
        gateway.world().issuer().rotateWithoutOverlap();

        gateway.assertServed(gateway.sendWith(gateway.token()));
        gateway.calm();

        gateway.assertTokenRefused(gateway.sendWith(stolen), "KEY_UNKNOWN");
    }

    @Test
    @DisplayName("A17 key sets that fail, time out, are a page, are empty or broken: the old keys serve")
    void a17_the_old_keys_serve() {
        String good = gateway.token();
        List<IssuerFault> faults = List.of(
                new IssuerFault.Status(500),
                new IssuerFault.Html(),
                new IssuerFault.EmptyKeySet(),
                new IssuerFault.BrokenKey(),
                new IssuerFault.Silence());

        // an unknown key id makes the gateway look; after that it tries again by itself
        for (IssuerFault fault : faults) {
            gateway.world().issuer().fault(fault);
            int before = asked();
            CompletableFuture<HttpResponse<String>> stranger = gateway.world()
                    .client()
                    .sendAsync(stranger(before, claims()), HttpResponse.BodyHandlers.ofString());
            Awaitility.await("the gateway asks during " + fault)
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> asked() > before);

            gateway.calm();
            gateway.assertServed(gateway.sendWith(good));
            gateway.calm();
            gateway.assertServed(
                    gateway.sendWith(Tokens.analyst(gateway.world().issuer()).build()));
            assertThat(stranger.join().statusCode()).isBetween(400, 503);
        }

        // and the issuer's next keys are taken when it is back
        gateway.world().issuer().fault(new IssuerFault.None());
        gateway.world().issuer().rotate();
        String next = gateway.token();
        Awaitility.await("the new key")
                .atMost(Duration.ofSeconds(90))
                .until(() -> gateway.sendWith(next).statusCode() == 200);
    }

    private int asked() {
        return gateway.world().issuer().requests().discovery() + fetches();
    }
}
