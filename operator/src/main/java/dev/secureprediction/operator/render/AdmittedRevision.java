package dev.secureprediction.operator.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.secureprediction.operator.api.v1alpha1.endpoint.Contract;
import dev.secureprediction.operator.plan.DesiredGateway;
import dev.secureprediction.operator.promotion.Admitted;
import dev.secureprediction.operator.promotion.AdmittedBy;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ControllerRevisionBuilder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One admission, kept where application teams cannot reach it. Kubernetes keeps the data of a ControllerRevision from being
 * changed; what may change about an admission stands in its annotations.
 */
public final class AdmittedRevision {

    private static final String BY = "secureprediction.dev/admitted-by";
    private static final String BASIS = "secureprediction.dev/admitted-on";
    private static final String AT = "secureprediction.dev/admitted-at";
    private static final int HASH = 8;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private AdmittedRevision() {}

    public static ControllerRevision of(DesiredGateway gateway, Admitted admitted) {
        var name = gateway.name() + "-"
                + hash(admitted.contractDigest() + " " + admitted.image()).substring(0, HASH);
        return new ControllerRevisionBuilder()
                .withMetadata(Labels.meta(gateway, name))
                .editMetadata()
                .withAnnotations(new TreeMap<>(Map.of(
                        BY,
                        admitted.by().name(),
                        BASIS,
                        admitted.basis(),
                        AT,
                        admitted.at().toString())))
                .endMetadata()
                .withRevision(admitted.revision())
                .withData(new TreeMap<>(Map.of(
                        "contractDigest", admitted.contractDigest(),
                        "image", admitted.image(),
                        "contract", text(admitted.contract()))))
                .build();
    }

    /** Reads what {@link #of} made; empty when it is not that. */
    public static Optional<Admitted> read(ControllerRevision revision) {
        try {
            JsonNode data = JSON.valueToTree(revision.getData());
            var annotations = revision.getMetadata().getAnnotations();
            return Optional.of(new Admitted(
                    data.required("contractDigest").asText(),
                    data.required("image").asText(),
                    JSON.readValue(data.required("contract").asText(), Contract.class),
                    AdmittedBy.valueOf(annotations.getOrDefault(BY, "")),
                    annotations.getOrDefault(BASIS, ""),
                    Instant.parse(annotations.getOrDefault(AT, "")),
                    revision.getRevision()));
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String text(Contract contract) {
        try {
            return JSON.writeValueAsString(contract);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a contract is always JSON", e);
        }
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
