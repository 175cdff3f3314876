package dev.secureprediction.gateway.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How keys are kept while issuers rotate, fail and lie, and while strangers ask for keys that never were. */
final class FetchedKeysTest {
    private final TestTime time = new TestTime();
    private final TestIssuer issuer = new TestIssuer(time);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final FetchedKeys keys = new FetchedKeys(
            TestIssuer.issuer(Optional.empty(), List.of()), issuer, SignatureProvider::jdk, timer, time);

    @AfterEach
    void end() {
        keys.close();
        timer.shutdownNow();
    }

    @Test
    void tenThousandUnknownKeysCauseOneFetch() {
        // given keys that were fetched
        keys.refresh().join();

        // when strangers name ten thousand keys that are not there
        for (int i = 0; i < 10_000; i++) {
            keys.lookFor("unknown-" + i).ifPresent(CompletableFuture::join);
        }

        // then the issuer was asked once more
        assertThat(issuer.fetches()).isEqualTo(2);
    }

    @Test
    void aKeyThatWasNotThereIsNotAskedForAgainSoon() {
        keys.refresh().join();
        keys.lookFor("unknown").ifPresent(CompletableFuture::join);
        time.advance(FetchedKeys.COOL_DOWN);
        assertThat(keys.lookFor("unknown")).isEmpty();
        assertThat(keys.lookFor("another")).isPresent();
    }

    @Test
    void aRotatedKeyIsFoundAtOnceAndTheNextSoonAfter() {
        keys.refresh().join();
        issuer.rotateTo(TestIssuer.newKey("k2"));
        keys.lookFor("k2").orElseThrow().join();
        assertThat(keys.current().containsId("k2")).isTrue();
        time.advance(FetchedKeys.SHORT_COOL_DOWN);
        issuer.rotateTo(TestIssuer.newKey("k3"));
        keys.lookFor("k3").orElseThrow().join();
        assertThat(keys.current().containsId("k3")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<html>", "{}", "{\"keys\":[]}", "{\"keys\":[{\"kty\":\"RSA\",\"e\":\"AQAB\"}]}", "{\"keys\":7}"
            })
    void badDocumentsLeaveTheLastGoodKeys(String document) {
        keys.refresh().join();
        issuer.serves(document);
        keys.refresh().join();
        assertThat(keys.current().containsId("k1")).isTrue();
    }

    @Test
    void theLastGoodKeysServeUpToTheirLimit() {
        keys.refresh().join();
        issuer.down(true);
        time.advance(Duration.ofSeconds(3_599));
        keys.refresh().join();
        assertThat(keys.current().size()).isEqualTo(1);
        time.advance(Duration.ofSeconds(1));
        assertThat(keys.current().size()).isZero();
    }

    @Test
    void oneBadKeySpoilsNoOther() {
        String good = issuer.key().toPublicJWK().toJSONString();
        issuer.serves(
                "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"},7,null,{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"},"
                        + issuer.key().toJSONString() + "," + good + "]}");
        keys.refresh().join();
        assertThat(keys.current().size()).isEqualTo(1);
    }
}
