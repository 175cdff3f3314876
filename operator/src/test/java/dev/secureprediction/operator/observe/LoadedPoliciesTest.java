package dev.secureprediction.operator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.plan.EndpointKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A pod that had the wanted policy and has another was tampered with; one that is late was not. */
final class LoadedPoliciesTest {

    private static final EndpointKey CHAT = new EndpointKey("team", "chat");

    private final LoadedPolicies loaded = new LoadedPolicies();

    @Test
    void aPodThatHadTheWantedPolicyAndHasAnotherIsAltered() {
        assertThat(loaded.isAltered(CHAT, "pod-1", "a", "a")).isFalse();
        assertThat(loaded.isAltered(CHAT, "pod-1", "a", "x")).isTrue();
        assertThat(loaded.isAltered(CHAT, "pod-1", "a", "a")).isFalse();
        assertThat(loaded.isAltered(CHAT, "pod-2", "a", "x")).isFalse();
    }

    @Test
    void aPodThatIsLateWithAnEditThatWasTakenBackIsNot() {
        loaded.isAltered(CHAT, "pod-1", "a", "a");
        loaded.isAltered(CHAT, "pod-1", "b", "a");

        assertThat(loaded.isAltered(CHAT, "pod-1", "a", "b")).isFalse();
    }

    @Test
    void aPodOfTheSameNameThatCameLaterIsAnother() {
        loaded.isAltered(CHAT, "pod-1", "a", "a");
        loaded.retain(CHAT, List.of());

        assertThat(loaded.isAltered(CHAT, "pod-1", "a", "x")).isFalse();
    }
}
