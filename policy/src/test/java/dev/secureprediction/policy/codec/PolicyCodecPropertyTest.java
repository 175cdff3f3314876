package dev.secureprediction.policy.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.secureprediction.policy.model.PolicyBundle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class PolicyCodecPropertyTest {

    @Property(tries = 200)
    void any_bundle_comes_back_as_written(@ForAll("bundles") PolicyBundle bundle) {
        assertThat(PolicyCodec.read(PolicyCodec.write(bundle))).isEqualTo(bundle);
    }

    @Property(tries = 200)
    void writing_again_gives_the_same_bytes(@ForAll("bundles") PolicyBundle bundle) {
        byte[] written = PolicyCodec.write(bundle);

        assertThat(PolicyCodec.write(PolicyCodec.read(written))).isEqualTo(written);
    }

    @Property(tries = 200)
    void the_order_of_fields_does_not_change_the_digest(@ForAll("bundles") PolicyBundle bundle, @ForAll long seed) {
        JsonNode written = Trees.of(new String(PolicyCodec.write(bundle), StandardCharsets.UTF_8));
        JsonNode shuffled = shuffled(written, new Random(seed));

        assertThat(PolicyCodec.digest(PolicyCodec.read(Trees.bytes(shuffled)))).isEqualTo(PolicyCodec.digest(bundle));
    }

    @Property(tries = 200)
    void different_bundles_have_different_digests(
            @ForAll("bundles") PolicyBundle one, @ForAll("bundles") PolicyBundle other) {
        assertThat(PolicyCodec.digest(one).equals(PolicyCodec.digest(other))).isEqualTo(one.equals(other));
    }

    @Property(tries = 300)
    void any_cut_or_flipped_byte_is_refused_or_still_a_bundle(
            @ForAll("bundles") PolicyBundle bundle, @ForAll int position, @ForAll byte value) {
        byte[] written = PolicyCodec.write(bundle);
        written[Math.floorMod(position, written.length)] = value;

        try {
            assertThat(PolicyCodec.read(written)).isNotNull();
        } catch (InvalidPolicyException e) {
            assertThat(e.problem()).isNotBlank();
        }
    }

    @Provide
    Arbitrary<PolicyBundle> bundles() {
        return ArbitraryBundles.any();
    }

    private static JsonNode shuffled(JsonNode node, Random random) {
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            node.forEach(each -> array.add(shuffled(each, random)));
            return array;
        }
        if (!node.isObject()) {
            return node;
        }
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        Collections.shuffle(names, random);
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        names.forEach(name -> object.set(name, shuffled(node.get(name), random)));
        return object;
    }
}
