package dev.secureprediction.gateway.surface.inference;

import com.fasterxml.jackson.core.JsonToken;
import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.FieldViolation;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.surface.AnswerTranslation;
import dev.secureprediction.gateway.surface.json.AnswerReader;
import dev.secureprediction.gateway.surface.json.BodyReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Predictions as tensors: `predictions` where each is a value or nested arrays, else one tensor per member of the objects
 * that they are. What is neither has no form here.
 */
final class InferAnswer implements AnswerTranslation {
    private static final String UNNAMED = "predictions";

    private final String model;
    private final InferRequest request;
    private final Map<String, Column> columns = new LinkedHashMap<>();
    private String version = "";
    private int rows;

    InferAnswer(String model, InferRequest request) {
        this.model = model;
        this.request = request;
    }

    @Override
    public byte[] translate(byte[] answer) throws RefusedException {
        AnswerReader.read(
                answer,
                in -> in.object(name -> {
                    if (name.equals("predictions") && in.token() == JsonToken.START_ARRAY) {
                        in.array(index -> {
                            rows++;
                            prediction(in, answer);
                        });
                    } else if (name.equals("modelVersionId") && in.token() == JsonToken.VALUE_STRING) {
                        version = in.string();
                    } else {
                        in.skip();
                    }
                }));
        for (Column column : columns.values()) {
            if (column.rows() != rows) {
                throw AnswerReader.unexpected("NO_TENSORS");
            }
        }
        return write();
    }

    private void prediction(BodyReader in, byte[] answer) throws IOException, RefusedException {
        if (in.token() == JsonToken.START_OBJECT) {
            in.object(name -> column(name).read(in, answer));
        } else {
            column(UNNAMED).read(in, answer);
        }
    }

    private Column column(String name) {
        return columns.computeIfAbsent(name, key -> new Column());
    }

    private byte[] write() throws RefusedException {
        for (String wanted : request.outputs()) {
            if (!columns.containsKey(wanted)) {
                throw new RefusedException(Refusal.ofField(
                        ErrorCode.BODY_INVALID,
                        new FieldViolation("/outputs", "must name tensors that the model answers with; leave it out")));
            }
        }
        StringJoiner outputs = new StringJoiner(",", "[", "]");
        columns.forEach((name, column) -> {
            if (request.outputs().isEmpty() || request.outputs().contains(name)) {
                outputs.add("{\"name\":" + JsonText.quoted(name) + "," + column.members() + "}");
            }
        });
        StringBuilder json = new StringBuilder("{\"model_name\":").append(JsonText.quoted(model));
        if (!version.isEmpty()) {
            json.append(",\"model_version\":").append(JsonText.quoted(version));
        }
        request.id().ifPresent(id -> json.append(",\"id\":").append(JsonText.quoted(id)));
        return json.append(",\"outputs\":")
                .append(outputs)
                .append('}')
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }
}
