package dev.secureprediction.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.golden.Samples;
import dev.secureprediction.operator.resolve.ResourceJson;
import dev.secureprediction.policy.codec.PolicyCodec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The same resource, in whatever order its maps come, gives the same state to the byte. */
final class DesiredStatePropertiesTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final SecurePredictionEndpoint ENDPOINT = Samples.endpoint("""
            request:
              schema:
                type: object
                required: [contents]
                properties: {contents: {type: array, minItems: 1}, note: {type: string, maxLength: 10}}
            timeouts: {firstByteMilliseconds: 1000, idleMilliseconds: 2000}
            """);

    private static final DesiredState STATE = plan(ENDPOINT);

    @Property(tries = 50)
    void orderOfMapsSaysNothing(@ForAll long seed) throws Exception {
        JsonNode shuffled = shuffled(ResourceJson.of(ENDPOINT), new Random(seed));

        DesiredState state = plan(MAPPER.treeToValue(shuffled, SecurePredictionEndpoint.class));

        assertThat(state).isEqualTo(STATE);
        assertThat(PolicyCodec.write(state.bundle())).isEqualTo(PolicyCodec.write(STATE.bundle()));
    }

    private static DesiredState plan(SecurePredictionEndpoint endpoint) {
        return ((EndpointPlan.Wanted) EndpointPlan.of(Samples.inputs(endpoint))).state();
    }

    private static JsonNode shuffled(JsonNode node, Random random) {
        if (node.isObject()) {
            List<String> names = new ArrayList<>();
            node.fieldNames().forEachRemaining(names::add);
            Collections.shuffle(names, random);
            ObjectNode result = JsonNodeFactory.instance.objectNode();
            names.forEach(name -> result.set(name, shuffled(node.get(name), random)));
            return result;
        }
        if (node.isArray()) {
            ArrayNode result = JsonNodeFactory.instance.arrayNode();
            node.forEach(item -> result.add(shuffled(item, random)));
            return result;
        }
        return node;
    }
}
