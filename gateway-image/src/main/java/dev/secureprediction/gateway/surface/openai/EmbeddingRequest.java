package dev.secureprediction.gateway.surface.openai;

import com.fasterxml.jackson.core.JsonToken;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.surface.Content;
import dev.secureprediction.gateway.surface.Generation;
import dev.secureprediction.gateway.surface.Speaker;
import dev.secureprediction.gateway.surface.json.BodyReader;
import dev.secureprediction.gateway.surface.json.Parts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A request for embeddings as a prediction has it.
 *
 * @param inputs each text, as the JSON literal that it was
 * @param dimensions how long vectors are to be; absent: the model's own length
 * @param base64 whether vectors go back as bytes
 */
record EmbeddingRequest(List<byte[]> inputs, OptionalLong dimensions, boolean base64) {

    EmbeddingRequest {
        inputs = List.copyOf(inputs);
    }

    /** What is in the body, whatever model it goes to. */
    static Content content(byte[] body) throws RefusedException {
        List<Parts> texts = new ArrayList<>(1);
        String[] model = {""};
        boolean[] tokens = {false};
        boolean[] input = {false};
        BodyReader.read(body, in -> {
            Parts found = Parts.known(in);
            texts.add(found);
            in.object(name -> {
                switch (name) {
                    case "model" -> model[0] = in.string();
                    case "input" -> {
                        input[0] = true;
                        int before = found.count();
                        boolean empty = in.token() == JsonToken.VALUE_STRING;
                        found.everyString(Speaker.Data);
                        tokens[0] = !empty && found.count() == before;
                    }
                    default -> found.everyString(Speaker.Data);
                }
            });
        });
        if (!input[0]) {
            throw BodyReader.invalid("/input", "must be a text or a list of texts");
        }
        if (model[0].isEmpty()) {
            throw BodyReader.invalid("/model", "must be the name of a model");
        }
        return new Content(
                Optional.of(model[0]),
                texts.getFirst().list(),
                List.of(),
                Generation.PLAIN,
                tokens[0] ? Optional.of("/input") : Optional.empty());
    }

    /** The body as a prediction would have it; refuses, by its name, what a prediction has no place for. */
    static EmbeddingRequest read(byte[] body) throws RefusedException {
        List<byte[]> inputs = new ArrayList<>();
        OptionalLong[] dimensions = {OptionalLong.empty()};
        boolean[] base64 = {false};
        BodyReader.read(
                body,
                in -> in.object(name -> {
                    switch (name) {
                        case "model" -> in.skip();
                        case "input" -> inputs(in, body, inputs);
                        case "dimensions" -> dimensions[0] = in.integer();
                        case "encoding_format" -> base64[0] = !in.isNull() && encoding(in);
                        default -> throw in.invalid("is not supported for this model; leave it out");
                    }
                }));
        if (inputs.isEmpty()) {
            throw BodyReader.invalid(
                    "/input", "must be a text or a list of at least one text; token ids are not taken");
        }
        return new EmbeddingRequest(inputs, dimensions[0], base64[0]);
    }

    private static void inputs(BodyReader in, byte[] body, List<byte[]> inputs) throws IOException, RefusedException {
        if (in.token() == JsonToken.START_ARRAY) {
            in.array(index -> input(in, body, inputs));
        } else {
            input(in, body, inputs);
        }
    }

    private static void input(BodyReader in, byte[] body, List<byte[]> inputs) throws IOException, RefusedException {
        if (in.token() != JsonToken.VALUE_STRING) {
            throw in.invalid("must be a text; token ids are not taken for this model");
        }
        in.string();
        inputs.add(Arrays.copyOfRange(body, in.span().from(), in.span().to()));
    }

    private static boolean encoding(BodyReader in) throws IOException, RefusedException {
        return switch (in.string()) {
            case "float" -> false;
            case "base64" -> true;
            default -> throw in.invalid("must be float or base64");
        };
    }

    /** The body of the prediction. */
    static byte[] prediction(byte[] body) {
        EmbeddingRequest request = again(body);
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + 64);
        write(out, "{\"instances\":[");
        String comma = "{\"content\":";
        for (byte[] input : request.inputs()) {
            write(out, comma);
            out.writeBytes(input);
            comma = "},{\"content\":";
        }
        write(out, "}]");
        if (request.dimensions().isPresent()) {
            write(
                    out,
                    ",\"parameters\":{\"outputDimensionality\":"
                            + request.dimensions().getAsLong() + "}");
        }
        write(out, "}");
        return out.toByteArray();
    }

    /** A body that was read before. */
    static EmbeddingRequest again(byte[] body) {
        try {
            return read(body);
        } catch (RefusedException e) {
            throw new IllegalStateException("the body was read before", e);
        }
    }

    private static void write(ByteArrayOutputStream out, String json) {
        out.writeBytes(json.getBytes(StandardCharsets.US_ASCII));
    }
}
