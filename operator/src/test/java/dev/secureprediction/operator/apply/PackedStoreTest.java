package dev.secureprediction.operator.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.plan.EndpointKey;
import dev.secureprediction.operator.render.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class PackedStoreTest {

    private final AtomicInteger unpacked = new AtomicInteger();
    private final PackedStore<ConfigMap> store = new PackedStore<>(
            ConfigMap.class,
            new KubernetesSerialization() {
                @Override
                public <T> T unmarshal(InputStream is, Class<T> type) {
                    unpacked.incrementAndGet();
                    return super.unmarshal(is, type);
                }
            },
            Needed::ofOurs);

    @Test
    void givesBackWhatItWasGiven() {
        // given a stored object
        var key = store.getKey(policy("one"));
        store.put(key, policy("one"));

        // then it comes out as it went in, and is known by its key
        assertThat(key).isEqualTo("gateways/policy");
        assertThat(store.get(key)).isEqualTo(policy("one"));
        assertThat(store.values()).containsExactly(policy("one"));
        assertThat(store.keySet()).containsExactly(key);

        // when it changes and goes, then what was there before is told
        assertThat(store.put(key, policy("two"))).isEqualTo(policy("one"));
        assertThat(store.remove(key)).isEqualTo(policy("two"));
        assertThat(store.get(key)).isNull();
        assertThat(store.size()).isZero();
    }

    @Test
    void tellsWhoseObjectsAreWithoutThem() {
        // given an object of an endpoint
        store.put("gateways/policy", policy("one"));

        // then its endpoint is known
        assertThat(store.owners()).containsExactly(new EndpointKey("team", "chat"));
    }

    @Test
    void findsByNameWithoutUnpackingTheRest() {
        // given one of this name among many of others, and one in another namespace
        store.put("gateways/environment-qa-1", policy("qa"));
        store.put("elsewhere/environment-qa-1", policy("elsewhere"));
        for (int i = 0; i < 100; i++) {
            store.put("gateways/chat-" + i, policy("other"));
        }
        unpacked.set(0);

        // then it is found, and no other was made again
        assertThat(store.beginning("gateways", "environment-qa-")).containsExactly(policy("qa"));
        assertThat(unpacked.get()).isOne();
    }

    @Test
    void keepsOfManagedFieldsOnlyOurs() {
        // given an object that others write to as well
        var object = policy("one");
        object.getMetadata().setManagedFields(List.of(entry(Labels.OPERATOR), entry("kubectl")));
        store.put("gateways/policy", object);

        // then only our entry is kept
        assertThat(store.values().map(kept -> kept.getMetadata().getManagedFields()))
                .containsExactly(List.of(entry(Labels.OPERATOR)));
    }

    private static ManagedFieldsEntry entry(String manager) {
        return new ManagedFieldsEntryBuilder()
                .withManager(manager)
                .withOperation("Apply")
                .withTime("2026-01-01T00:00:00Z")
                .withNewFieldsV1()
                .addToAdditionalProperties("f:data", Map.of("f:policy.json", Map.of()))
                .endFieldsV1()
                .build();
    }

    private static ConfigMap policy(String text) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("gateways")
                .withName("policy")
                .addToLabels(Labels.ENDPOINT_NAMESPACE, "team")
                .addToLabels(Labels.ENDPOINT_NAME, "chat")
                .endMetadata()
                .addToData("policy.json", text)
                .build();
    }
}
