package dev.secureprediction.gateway.surface.inference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.FieldViolation;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.surface.json.BodyReader;
import dev.secureprediction.gateway.surface.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bodies of the protocol's binary extension: JSON of the length that the header says, then the bytes of its tensors one
 * after the other, little-endian. They become plain JSON, so that whatever reads bodies reads these, too.
 */
final class BinaryTensors {
    private static final String SIZE = "binary_data_size";

    private final ByteBuffer bytes;

    private BinaryTensors(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** The body in JSON alone. */
    static byte[] toJson(byte[] body, String jsonLength) throws RefusedException {
        int length = jsonLength.matches("[0-9]{1,9}") ? Integer.parseInt(jsonLength) : -1;
        if (length < 0 || length > body.length) {
            throw new RefusedException(Refusal.ofField(
                    ErrorCode.BODY_MALFORMED,
                    new FieldViolation("", "must be as long as Inference-Header-Content-Length says, or longer")));
        }
        JsonNode tree = Json.tree(Arrays.copyOf(body, length));
        BinaryTensors tensors = new BinaryTensors(
                ByteBuffer.wrap(body, length, body.length - length).order(ByteOrder.LITTLE_ENDIAN));
        JsonNode inputs = tree.path("inputs");
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i) instanceof ObjectNode tensor) {
                tensors.fill(tensor, "/inputs/" + i);
            }
        }
        if (tensors.bytes.hasRemaining()) {
            throw BodyReader.invalid("/inputs", "must say the size of all bytes behind the JSON; some are left over");
        }
        return tree.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void fill(ObjectNode tensor, String pointer) throws RefusedException {
        if (!(tensor.path("parameters") instanceof ObjectNode parameters) || !parameters.has(SIZE)) {
            return;
        }
        JsonNode size = parameters.remove(SIZE);
        if (!size.isInt() || size.asInt() < 0 || size.asInt() > bytes.remaining()) {
            throw BodyReader.invalid(
                    pointer + "/parameters/" + SIZE, "must be the number of its bytes behind the JSON");
        }
        DataType type = DataType.of(tensor.path("datatype").asText(""))
                .orElseThrow(() ->
                        BodyReader.invalid(pointer + "/datatype", "must be a datatype of the protocol, such as FP32"));
        ByteBuffer data = bytes.slice(bytes.position(), size.asInt()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + size.asInt());
        if (type.width() > 0 && data.remaining() % type.width() != 0) {
            throw BodyReader.invalid(pointer + "/parameters/" + SIZE, "must be a multiple of the size of " + type);
        }
        ArrayNode elements = tensor.putArray("data");
        while (data.hasRemaining()) {
            element(elements, type, data, pointer);
        }
    }

    private static void element(ArrayNode out, DataType type, ByteBuffer data, String pointer) throws RefusedException {
        switch (type) {
            case BOOL -> out.add(data.get() != 0);
            case UINT8 -> out.add(Byte.toUnsignedInt(data.get()));
            case UINT16 -> out.add(Short.toUnsignedInt(data.getShort()));
            case UINT32 -> out.add(Integer.toUnsignedLong(data.getInt()));
            case UINT64 -> out.add(new BigInteger(Long.toUnsignedString(data.getLong())));
            case INT8 -> out.add((int) data.get());
            case INT16 -> out.add((int) data.getShort());
            case INT32 -> out.add(data.getInt());
            case INT64 -> out.add(data.getLong());
            case FP16 -> number(out, Float.float16ToFloat(data.getShort()), pointer);
            case FP32 -> number(out, data.getFloat(), pointer);
            case FP64 -> {
                double value = data.getDouble();
                checkFinite(value, pointer);
                out.add(value);
            }
            case BYTES -> out.add(text(data, pointer));
        }
    }

    /** The shortest decimal that is this float, not the longer one of the nearest double. */
    private static void number(ArrayNode out, float value, String pointer) throws RefusedException {
        checkFinite(value, pointer);
        out.add(new BigDecimal(Float.toString(value)));
    }

    private static void checkFinite(double value, String pointer) throws RefusedException {
        if (!Double.isFinite(value)) {
            throw BodyReader.invalid(pointer + "/data", "must be finite numbers: JSON has no others");
        }
    }

    private static String text(ByteBuffer data, String pointer) throws RefusedException {
        int length = data.remaining() < Integer.BYTES ? -1 : data.getInt();
        if (length < 0 || length > data.remaining()) {
            throw BodyReader.invalid(pointer + "/data", "must have the length of each element before it");
        }
        ByteBuffer text = data.slice(data.position(), length);
        data.position(data.position() + length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(text).toString();
        } catch (CharacterCodingException e) {
            throw BodyReader.invalid(pointer + "/data", "must be UTF-8: other bytes cannot be sent to this model");
        }
    }
}
