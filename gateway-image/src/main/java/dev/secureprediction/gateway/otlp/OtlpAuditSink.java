package dev.secureprediction.gateway.otlp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.secureprediction.gateway.audit.AuditSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** Audit lines as log records, each whole, so that the chain can be verified from what the collector keeps. */
public final class OtlpAuditSink implements AuditSink {
    private final JsonFactory json = new JsonFactory();
    private final OtlpClient client;
    private final String pod;
    private final Clock clock;

    public OtlpAuditSink(URI endpoint, String pod, Clock clock) {
        this.client = new OtlpClient(endpoint, "logs");
        this.pod = pod;
        this.clock = clock;
    }

    @Override
    public void write(ByteBuffer lines) throws IOException {
        String text = StandardCharsets.UTF_8.decode(lines.duplicate()).toString();
        client.post(message(text));
        lines.position(lines.limit());
    }

    private byte[] message(String lines) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(lines.length() * 2);
        long nanos = clock.millis() * 1_000_000;
        try (JsonGenerator out = json.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeArrayFieldStart("resourceLogs");
            out.writeStartObject();
            OtlpJson.resource(out, pod);
            out.writeArrayFieldStart("scopeLogs");
            out.writeStartObject();
            OtlpJson.scope(out);
            out.writeArrayFieldStart("logRecords");
            for (String line : lines.split("\n", -1)) {
                if (!line.isEmpty()) {
                    out.writeStartObject();
                    out.writeStringField("timeUnixNano", Long.toString(nanos));
                    out.writeObjectFieldStart("body");
                    out.writeStringField("stringValue", line);
                    out.writeEndObject();
                    out.writeEndObject();
                }
            }
            out.writeEndArray();
            out.writeEndObject();
            out.writeEndArray();
            out.writeEndObject();
            out.writeEndArray();
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
