package dev.secureprediction.gateway.surface.openai;

import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.surface.AnswerTranslation;
import dev.secureprediction.gateway.surface.ServedModel;
import dev.secureprediction.gateway.surface.json.AnswerReader;
import dev.secureprediction.gateway.surface.json.BodyReader;
import dev.secureprediction.policy.model.PolicyBundle;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Predictions of an embedding model as OpenAI's list of embeddings. */
final class EmbeddingAnswer implements AnswerTranslation {
    private static final int MAX_DIMENSIONS = 1 << 16;

    private final PolicyBundle policy;
    private final boolean base64;
    private final List<String> vectors = new ArrayList<>();
    private long tokens;

    EmbeddingAnswer(PolicyBundle policy, byte[] requestBody) {
        this.policy = policy;
        this.base64 = EmbeddingRequest.again(requestBody).base64();
    }

    @Override
    public byte[] translate(byte[] answer) throws RefusedException {
        AnswerReader.read(
                answer,
                in -> in.object(name -> {
                    if (name.equals("predictions")) {
                        in.array(index -> prediction(in, answer));
                    } else {
                        in.skip();
                    }
                }));
        if (vectors.isEmpty()) {
            throw AnswerReader.unexpected("WITHOUT_EMBEDDINGS");
        }
        return write();
    }

    private void prediction(BodyReader in, byte[] answer) throws IOException, RefusedException {
        int before = vectors.size();
        in.object(name -> {
            if (name.equals("embeddings")) {
                in.object(inner -> {
                    switch (inner) {
                        case "values" -> vectors.add(base64 ? bytes(in) : slice(in, answer));
                        case "statistics" -> statistics(in);
                        default -> in.skip();
                    }
                });
            } else {
                in.skip();
            }
        });
        if (vectors.size() != before + 1) {
            throw AnswerReader.unexpected("WITHOUT_EMBEDDINGS");
        }
    }

    private void statistics(BodyReader in) throws IOException, RefusedException {
        in.message(name -> {
            if (name.equals("tokenCount")) {
                tokens += (long) in.decimal().orElse(0);
            } else {
                in.skip();
            }
        });
    }

    /** The numbers as the model wrote them. */
    private static String slice(BodyReader in, byte[] answer) throws IOException, RefusedException {
        int from = in.start();
        in.array(index -> {
            if (!in.token().isNumeric()) {
                throw AnswerReader.unexpected("EMBEDDING");
            }
        });
        return new String(answer, from, in.position() - from, StandardCharsets.UTF_8);
    }

    /** Little-endian floats, as OpenAI's clients read them. */
    private static String bytes(BodyReader in) throws IOException, RefusedException {
        List<Float> values = new ArrayList<>();
        in.array(index -> {
            if (!in.token().isNumeric() || index >= MAX_DIMENSIONS) {
                throw AnswerReader.unexpected("EMBEDDING");
            }
            values.add(Float.parseFloat(in.scalar()));
        });
        ByteBuffer buffer = ByteBuffer.allocate(values.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        values.forEach(buffer::putFloat);
        return "\"" + Base64.getEncoder().encodeToString(buffer.array()) + "\"";
    }

    private byte[] write() {
        StringBuilder json =
                new StringBuilder(256 + vectors.size() * (vectors.getFirst().length() + 64));
        json.append("{\"object\":\"list\",\"data\":[");
        for (int i = 0; i < vectors.size(); i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"object\":\"embedding\",\"index\":")
                    .append(i)
                    .append(",\"embedding\":")
                    .append(vectors.get(i))
                    .append('}');
        }
        // a model's name needs no escapes
        json.append("],\"model\":\"").append(ServedModel.id(policy)).append("\",\"usage\":{\"prompt_tokens\":");
        json.append(tokens).append(",\"total_tokens\":").append(tokens).append("}}");
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }
}
