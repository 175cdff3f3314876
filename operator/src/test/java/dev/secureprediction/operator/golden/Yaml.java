package dev.secureprediction.operator.golden;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import dev.secureprediction.operator.cloud.InvokerGrant;
import dev.secureprediction.operator.cloud.InvokerRole;
import dev.secureprediction.operator.cloud.Preflight;
import dev.secureprediction.operator.plan.Tls;
import dev.secureprediction.operator.plan.WorkloadIdentity;
import dev.secureprediction.operator.status.ProbeResult;
import dev.secureprediction.operator.status.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** YAML of scenario files: strict to read, stable to write. */
final class Yaml {

    private static final ObjectMapper READER = configured(new YAMLMapper());
    private static final ObjectMapper JSON = configured(new ObjectMapper());
    private static final ObjectMapper WRITER = configured(YAMLMapper.builder(new YAMLFactory())
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build());

    private Yaml() {}

    /** Every document of a file; a field that nobody knows is an error. */
    static <T> List<T> readAll(String yaml, Class<T> type) {
        try (var values = READER.readerFor(type).<T>readValues(yaml)) {
            return values.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode tree(Object value) {
        return JSON.valueToTree(value);
    }

    static String write(Object value) {
        try {
            return WRITER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String pretty(byte[] json) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(json)) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <M extends ObjectMapper> M configured(M mapper) {
        mapper.registerModule(new Jdk8Module());
        mapper.setDefaultPropertyInclusion(JsonInclude.Include.NON_EMPTY);
        mapper.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
        mapper.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        mapper.addMixIn(Progress.class, OfProgress.class);
        mapper.addMixIn(ProbeResult.class, OfProbe.class);
        mapper.addMixIn(Preflight.class, OfPreflight.class);
        mapper.addMixIn(InvokerRole.class, OfRole.class);
        mapper.addMixIn(InvokerGrant.class, ByKind.class);
        mapper.addMixIn(Tls.class, ByKind.class);
        mapper.addMixIn(WorkloadIdentity.class, ByKind.class);
        return mapper;
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
    private interface ByKind {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Progress.Done.class, name = "Done"),
        @JsonSubTypes.Type(value = Progress.Working.class, name = "Working"),
        @JsonSubTypes.Type(value = Progress.Failed.class, name = "Failed")
    })
    private interface OfProgress {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = ProbeResult.NotMade.class, name = "NotMade"),
        @JsonSubTypes.Type(value = ProbeResult.Refused.class, name = "Refused"),
        @JsonSubTypes.Type(value = ProbeResult.LetThrough.class, name = "LetThrough"),
        @JsonSubTypes.Type(value = ProbeResult.Failed.class, name = "Failed")
    })
    private interface OfProbe {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Preflight.Ready.class, name = "Ready"),
        @JsonSubTypes.Type(value = Preflight.RoleUnfit.class, name = "RoleUnfit")
    })
    private interface OfPreflight {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = InvokerRole.Absent.class, name = "Absent"),
        @JsonSubTypes.Type(value = InvokerRole.Present.class, name = "Present")
    })
    private interface OfRole {}
}
