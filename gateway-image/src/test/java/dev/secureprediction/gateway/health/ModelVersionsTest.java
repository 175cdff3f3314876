package dev.secureprediction.gateway.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.policy.model.Model;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Which version answers is read from real calls, seldom, and never of another model than the contract's. */
final class ModelVersionsTest {
    private static final Model FLASH = new Model.Publisher("google", "gemini-2.5-flash");
    private static final Model PRO = new Model.Publisher("google", "gemini-2.5-pro");

    private final AtomicLong time = new AtomicLong(Long.MAX_VALUE - 5); // runs over
    private final ModelVersions versions = new ModelVersions(time::get);

    @Test
    void oneAnswerInAWhileIsLookedInto() {
        // given the first call
        versions.look(FLASH, FLASH).orElseThrow().scan(answer("one"));
        assertThat(versions.of(FLASH)).contains("one");

        // then the next ones are not looked into until it is due again
        assertThat(versions.look(FLASH, FLASH)).isEmpty();
        time.addAndGet(ModelVersions.PAUSE.toNanos());
        versions.look(FLASH, FLASH).orElseThrow().scan(answer("two"));
        assertThat(versions.of(FLASH)).contains("two");
    }

    @Test
    void anotherModelIsNotTheContracts() {
        // given a role whose calls are led to another model
        assertThat(versions.look(PRO, FLASH)).isEmpty();
        versions.look(FLASH, FLASH).orElseThrow().scan(answer("one"));

        // then a policy with another model has no version yet
        assertThat(versions.of(PRO)).isEmpty();
    }

    private static byte[] answer(String version) {
        return "{\"modelVersion\":\"%s\"}".formatted(version).getBytes(StandardCharsets.UTF_8);
    }
}
