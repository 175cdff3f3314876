package dev.secureprediction.operator.render;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.secureprediction.operator.api.v1alpha1.endpoint.SecurePredictionEndpointSpec;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.DesiredEndpoint;
import dev.secureprediction.operator.cloud.InvokerGrant;
import java.util.Map;
import java.util.Optional;

/**
 * What was last accepted, kept where application teams cannot reach it. A rejected edit is healed from it, and deletion takes
 * away from it, also when the environment is gone.
 *
 * @param spec the endpoint's, as last accepted
 * @param cloud what was wanted in Google Cloud then
 */
public record RecordedState(SecurePredictionEndpointSpec spec, DesiredCloud cloud) {

    private static final String SPEC = "spec.json";
    private static final String CLOUD = "cloud.json";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addMixIn(InvokerGrant.class, Tagged.class)
            .addMixIn(DesiredEndpoint.class, Tagged.class)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Reads what {@link #data} wrote; absent when it is not that. */
    public static Optional<RecordedState> read(Map<String, String> data) {
        try {
            var spec = data.get(SPEC);
            var cloud = data.get(CLOUD);
            return spec == null || cloud == null
                    ? Optional.empty()
                    : Optional.of(new RecordedState(
                            JSON.readValue(spec, SecurePredictionEndpointSpec.class),
                            JSON.readValue(cloud, DesiredCloud.class)));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    Map<String, String> data() {
        try {
            return Map.of(SPEC, JSON.writeValueAsString(spec), CLOUD, JSON.writeValueAsString(cloud));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a recorded state is always JSON", e);
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
    private interface Tagged {}
}
