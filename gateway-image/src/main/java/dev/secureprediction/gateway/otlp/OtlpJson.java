package dev.secureprediction.gateway.otlp;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** The pieces that every OTLP message has, in its JSON form (numbers of 64 bits are strings). */
final class OtlpJson {
    static final String SCOPE = "dev.secureprediction.gateway";

    private OtlpJson() {}

    static void resource(JsonGenerator out, String pod) throws IOException {
        out.writeObjectFieldStart("resource");
        out.writeArrayFieldStart("attributes");
        attribute(out, "service.name", "secure-prediction-gateway");
        attribute(out, "k8s.pod.name", pod);
        out.writeEndArray();
        out.writeEndObject();
    }

    static void scope(JsonGenerator out) throws IOException {
        out.writeObjectFieldStart("scope");
        out.writeStringField("name", SCOPE);
        out.writeEndObject();
    }

    static void attribute(JsonGenerator out, String key, String value) throws IOException {
        out.writeStartObject();
        out.writeStringField("key", key);
        out.writeObjectFieldStart("value");
        out.writeStringField("stringValue", value);
        out.writeEndObject();
        out.writeEndObject();
    }

    static void attribute(JsonGenerator out, String key, long value) throws IOException {
        out.writeStartObject();
        out.writeStringField("key", key);
        out.writeObjectFieldStart("value");
        out.writeStringField("intValue", Long.toString(value));
        out.writeEndObject();
        out.writeEndObject();
    }
}
