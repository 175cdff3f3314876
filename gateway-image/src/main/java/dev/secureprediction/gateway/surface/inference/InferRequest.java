package dev.secureprediction.gateway.surface.inference;

import com.fasterxml.jackson.core.JsonToken;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.surface.Span;
import dev.secureprediction.gateway.surface.json.BodyReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An inference request, whose tensors are in JSON.
 *
 * @param id to be given back
 * @param inputs at least one, all of one batch size
 * @param outputs names of the tensors wanted; empty: all
 */
record InferRequest(Optional<String> id, List<Tensor> inputs, Set<String> outputs) {
    private static final int MAX_DIMENSIONS = 16;
    private static final int MAX_ELEMENTS = 1 << 24;

    InferRequest {
        inputs = List.copyOf(inputs);
        outputs = Set.copyOf(outputs);
    }

    /**
     * Reads it.
     *
     * @param model name in the path; a body that names another is refused
     * @throws RefusedException naming what is wrong, or what a prediction has no place for
     */
    static InferRequest read(byte[] body, String model) throws RefusedException {
        List<String> id = new ArrayList<>(1);
        List<Tensor> inputs = new ArrayList<>();
        Set<String> outputs = new HashSet<>();
        BodyReader.read(
                body,
                in -> in.object(name -> {
                    switch (name) {
                        case "id" -> id.add(in.string());
                        case "model_name" -> checkModel(in, model);
                        case "inputs" -> in.array(index -> inputs.add(tensor(in)));
                        case "outputs" -> in.array(index -> output(in, outputs));
                        case "parameters" -> parameters(in, Set.of("binary_data_output"));
                        default -> throw in.invalid("is not supported; leave it out");
                    }
                }));
        if (inputs.isEmpty()) {
            throw BodyReader.invalid("/inputs", "must be an array with at least one tensor");
        }
        checkTogether(inputs);
        return new InferRequest(id.stream().findFirst(), inputs, outputs);
    }

    private static void checkModel(BodyReader in, String model) throws IOException, RefusedException {
        if (!in.isNull() && !in.string().equals(model)) {
            throw in.invalid("must be the model of the path, or absent");
        }
    }

    private static void checkTogether(List<Tensor> inputs) throws RefusedException {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < inputs.size(); i++) {
            if (!names.add(inputs.get(i).name())) {
                throw BodyReader.invalid("/inputs/" + i + "/name", "is the name of an earlier tensor, too");
            }
            if (inputs.get(i).batch() != inputs.getFirst().batch()) {
                throw BodyReader.invalid(
                        "/inputs/" + i + "/shape/0", "must be the same for all inputs: it is the size of the batch");
            }
        }
    }

    private static Tensor tensor(BodyReader in) throws IOException, RefusedException {
        String pointer = in.pointer();
        Parts parts = new Parts();
        in.object(name -> {
            switch (name) {
                case "name" -> parts.name = in.string();
                case "datatype" ->
                    parts.type = Optional.of(DataType.of(in.string())
                            .orElseThrow(() -> in.invalid("must be a datatype of the protocol, such as FP32")));
                case "shape" -> in.array(index -> parts.shape.add(dimension(in, index)));
                case "parameters" -> parameters(in, Set.of());
                case "data" -> elements(in, parts, 0);
                default -> throw in.invalid("is not supported; leave it out");
            }
        });
        return parts.tensor(pointer);
    }

    private static int dimension(BodyReader in, int index) throws IOException, RefusedException {
        long size = in.integer().orElse(-1);
        if (size < 0 || size > MAX_ELEMENTS || index >= MAX_DIMENSIONS) {
            throw in.invalid("must be one of at most " + MAX_DIMENSIONS + " sizes, each from 0 to " + MAX_ELEMENTS);
        }
        return (int) size;
    }

    /** Flat, or nested as the shape says: both mean the same. */
    private static void elements(BodyReader in, Parts parts, int depth) throws IOException, RefusedException {
        in.array(index -> {
            if (in.token() == JsonToken.START_ARRAY && depth < MAX_DIMENSIONS) {
                elements(in, parts, depth + 1);
                return;
            }
            JsonToken token = in.token();
            if (token.isStructStart() || token == JsonToken.VALUE_NULL || parts.elements.size() >= MAX_ELEMENTS) {
                throw in.invalid("must be an element of a tensor");
            }
            if (!token.isBoolean()) {
                in.scalar();
            }
            parts.kinds.add(token);
            parts.elements.add(in.span());
        });
    }

    private static void output(BodyReader in, Set<String> outputs) throws IOException, RefusedException {
        in.object(name -> {
            switch (name) {
                case "name" -> outputs.add(in.string());
                case "parameters" -> parameters(in, Set.of("binary_data"));
                default -> throw in.invalid("is not supported; leave it out");
            }
        });
    }

    /** Bytes may be asked for; the answer says of each tensor that it is JSON, which every client reads. */
    private static void parameters(BodyReader in, Set<String> known) throws IOException, RefusedException {
        if (in.isNull()) {
            return;
        }
        in.object(name -> {
            if (!known.contains(name)) {
                throw in.invalid("is not supported; leave it out");
            }
            in.skip();
        });
    }

    /** The body of the prediction: one instance per row, a bare value for a single input, else an object by names. */
    byte[] prediction(byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length);
        out.writeBytes("{\"instances\":[".getBytes(StandardCharsets.US_ASCII));
        for (int row = 0; row < inputs.getFirst().batch(); row++) {
            if (row > 0) {
                out.write(',');
            }
            if (inputs.size() == 1) {
                inputs.getFirst().writeRow(row, body, out);
            } else {
                instance(row, body, out);
            }
        }
        out.writeBytes("]}".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    private void instance(int row, byte[] body, ByteArrayOutputStream out) {
        char before = '{';
        for (Tensor input : inputs) {
            out.write(before);
            out.writeBytes((JsonText.quoted(input.name()) + ":").getBytes(StandardCharsets.UTF_8));
            input.writeRow(row, body, out);
            before = ',';
        }
        out.write('}');
    }

    /** A tensor while it is read: its members may come in any order. */
    private static final class Parts {
        private String name = "";
        private Optional<DataType> type = Optional.empty();
        private final List<Integer> shape = new ArrayList<>();
        private final List<JsonToken> kinds = new ArrayList<>();
        private final List<Span> elements = new ArrayList<>();

        Tensor tensor(String pointer) throws RefusedException {
            if (name.isEmpty()) {
                throw BodyReader.invalid(pointer + "/name", "must be the name of the tensor");
            }
            DataType known = type.orElseThrow(() ->
                    BodyReader.invalid(pointer + "/datatype", "must be a datatype of the protocol, such as FP32"));
            if (shape.isEmpty()) {
                throw BodyReader.invalid(pointer + "/shape", "must have at least one size, that of the batch");
            }
            long count = 1;
            for (int size : shape) {
                count = Math.min(Integer.MAX_VALUE, count * size);
            }
            if (count == 0) {
                throw BodyReader.invalid(pointer + "/shape", "must not hold a zero: there would be nothing to predict");
            }
            if (count != elements.size()) {
                throw BodyReader.invalid(pointer + "/data", "must have as many elements as the shape says, " + count);
            }
            for (JsonToken kind : kinds) {
                if (!known.takes(kind)) {
                    throw BodyReader.invalid(pointer + "/data", "must have elements of datatype " + known);
                }
            }
            return new Tensor(name, shape, known, elements);
        }
    }
}
