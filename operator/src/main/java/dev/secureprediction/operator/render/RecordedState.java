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
import dev.secureprediction.operator.cloud.Known;
import dev.secureprediction.operator.diff.CloudDiff;
import dev.secureprediction.operator.plan.EditionInUse;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was last accepted, kept where application teams cannot reach it. A rejected edit is healed from it, and deletion takes
 * away from it, also when the environment is gone.
 *
 * @param spec the endpoint's, as last accepted
 * @param cloud what was wanted in Google Cloud then
 * @param known what cannot be read there
 * @param earlier what was wanted before in other places there, and has not been taken away yet; oldest first
 * @param edition of its environment that it runs by
 */
public record RecordedState(
        SecurePredictionEndpointSpec spec,
        DesiredCloud cloud,
        Known known,
        List<DesiredCloud> earlier,
        Optional<EditionInUse> edition) {

    private static final String SPEC = "spec.json";
    private static final String CLOUD = "cloud.json";
    private static final String ENDPOINT_CREATED = "endpointCreated";
    private static final String PROVEN_MODEL = "provenModel";
    private static final String FAILED_MODEL = "failedModel";
    private static final String EARLIER = "earlier.json";
    private static final String EDITION = "environmentRevision";
    private static final String WAS_READY = "environmentWasReady";
    private static final String MOVED_AT = "environmentMovedAt";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addMixIn(InvokerGrant.class, Tagged.class)
            .addMixIn(DesiredEndpoint.class, Tagged.class)
            .registerSubtypes(InvokerGrant.class.getPermittedSubclasses())
            .registerSubtypes(DesiredEndpoint.class.getPermittedSubclasses())
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Without an endpoint of ours. */
    public RecordedState(SecurePredictionEndpointSpec spec, DesiredCloud cloud, List<DesiredCloud> earlier) {
        this(spec, cloud, Known.NOTHING, earlier, Optional.empty());
    }

    public RecordedState {
        earlier = List.copyOf(earlier);
    }

    /** What to record next: places that the new state has left are kept in mind until nothing is there any more. */
    public static RecordedState following(
            Optional<RecordedState> before, SecurePredictionEndpointSpec spec, DesiredCloud cloud) {
        var places = new ArrayList<DesiredCloud>();
        before.ifPresent(old -> {
            places.addAll(old.earlier());
            places.removeIf(place -> !CloudDiff.leavesSomething(place, old.cloud()));
            places.add(old.cloud());
        });
        places.removeIf(old -> !CloudDiff.leavesSomething(old, cloud));
        return new RecordedState(
                spec,
                cloud,
                before.filter(old -> !CloudDiff.leavesSomething(old.cloud(), cloud))
                        .map(RecordedState::known)
                        .orElse(Known.NOTHING),
                places,
                before.flatMap(RecordedState::edition));
    }

    /** The same, by an edition of its environment. */
    public RecordedState by(EditionInUse use) {
        return new RecordedState(spec, cloud, known, earlier, Optional.of(use));
    }

    /** The same, with fewer places in mind. */
    public RecordedState withEarlier(List<DesiredCloud> left) {
        return new RecordedState(spec, cloud, known, left, edition);
    }

    /** The same, with more known. */
    public RecordedState with(Known more) {
        return new RecordedState(spec, cloud, more.withTrial(false), earlier, edition);
    }

    /** Reads what {@link #data} wrote; absent when it is not that. */
    public static Optional<RecordedState> read(Map<String, String> data) {
        try {
            var spec = data.get(SPEC);
            var cloud = data.get(CLOUD);
            return spec == null || cloud == null
                    ? Optional.empty()
                    : Optional.of(new RecordedState(
                            JSON.readValue(spec, SecurePredictionEndpointSpec.class),
                            JSON.readValue(cloud, DesiredCloud.class),
                            new Known(
                                    false,
                                    false,
                                    Optional.ofNullable(data.get(ENDPOINT_CREATED))
                                            .map(Instant::parse),
                                    Optional.ofNullable(data.get(PROVEN_MODEL)),
                                    Optional.ofNullable(data.get(FAILED_MODEL))),
                            List.of(JSON.readValue(data.getOrDefault(EARLIER, "[]"), DesiredCloud[].class)),
                            edition(data)));
        } catch (JsonProcessingException | DateTimeParseException e) {

            return Optional.empty();
        }
    }

    /** Only the edition of what {@link #data} wrote. */
    public static Optional<EditionInUse> edition(Map<String, String> data) {
        return Optional.ofNullable(data.get(EDITION))
                .map(revision -> new EditionInUse(
                        revision,
                        Boolean.parseBoolean(data.get(WAS_READY)),
                        Long.parseLong(data.getOrDefault(MOVED_AT, "0"))));
    }

    Map<String, String> data() {
        try {
            var data = new TreeMap<>(Map.of(
                    SPEC, JSON.writeValueAsString(spec),
                    CLOUD, JSON.writeValueAsString(cloud),
                    EARLIER, JSON.writeValueAsString(earlier)));
            known.endpointCreated().ifPresent(created -> data.put(ENDPOINT_CREATED, created.toString()));
            known.provenModel().ifPresent(id -> data.put(PROVEN_MODEL, id));
            known.failedModel().ifPresent(id -> data.put(FAILED_MODEL, id));
            edition.ifPresent(use -> {
                data.put(EDITION, use.revision());
                data.put(WAS_READY, String.valueOf(use.wasReady()));
                data.put(MOVED_AT, String.valueOf(use.generation()));
            });
            return data;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a recorded state is always JSON", e);
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
    private interface Tagged {}
}
