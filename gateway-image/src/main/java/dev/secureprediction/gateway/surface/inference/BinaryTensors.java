package dev.secureprediction.gateway.surface.inference;

import com.fasterxml.jackson.core.JsonToken;
import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.FieldViolation;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.surface.Span;
import dev.secureprediction.gateway.surface.json.BodyReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Bodies of the protocol's binary extension: JSON of the length that the header says, then the bytes of its tensors one
 * after the other, little-endian. The tensors are put into the JSON, so that whatever reads bodies reads these, too; all
 * else in it stays as the caller wrote it, numbers above all.
 */
final class BinaryTensors {
    private static final String SIZE = "binary_data_size";

    private final byte[] json;
    private final ByteBuffer bytes;
    private final ByteArrayOutputStream out;
    private int written;

    private BinaryTensors(byte[] json, ByteBuffer bytes) {
        this.json = json;
        this.bytes = bytes;
        this.out = new ByteArrayOutputStream(json.length + 2 * bytes.remaining());
    }

    /** The body in JSON alone. */
    static byte[] toJson(byte[] body, String jsonLength) throws RefusedException {
        int length = jsonLength.matches("[0-9]{1,9}") ? Integer.parseInt(jsonLength) : -1;
        if (length < 0 || length > body.length) {
            throw new RefusedException(Refusal.ofField(
                    ErrorCode.BODY_MALFORMED,
                    new FieldViolation("", "must be as long as Inference-Header-Content-Length says, or longer")));
        }
        byte[] json = Arrays.copyOf(body, length);
        BinaryTensors tensors = new BinaryTensors(json, ByteBuffer.wrap(body, length, body.length - length));
        BodyReader.read(
                json,
                in -> in.object(name -> {
                    if (name.equals("inputs")) {
                        in.array(index -> tensors.tensor(in));
                    } else {
                        in.skip();
                    }
                }));
        if (tensors.bytes.hasRemaining()) {
            throw BodyReader.invalid("/inputs", "must say the size of all bytes behind the JSON; some are left over");
        }
        tensors.copyTo(json.length);
        return tensors.out.toByteArray();
    }

    /** What the JSON says of a tensor; its members may come in any order. */
    private static final class Described {
        private String type = "";
        private Optional<Long> size = Optional.empty();
        private Span parameters = new Span(0, 0);
        private final List<Span> otherParameters = new ArrayList<>(0);
    }

    private void tensor(BodyReader in) throws IOException, RefusedException {
        String pointer = in.pointer();
        Described described = new Described();
        in.object(name -> {
            if (name.equals("parameters") && in.token() == JsonToken.START_OBJECT) {
                parameters(in, described);
            } else if (name.equals("datatype")) {
                described.type = in.string();
            } else {
                in.skip();
            }
        });
        if (described.size.isPresent()) {
            put(described, described.size.get(), pointer);
        }
    }

    private static void parameters(BodyReader in, Described described) throws IOException, RefusedException {
        int from = in.start();
        in.object(name -> {
            int begins = in.nameSpan().from();
            if (name.equals(SIZE)) {
                described.size =
                        Optional.of(in.token() == JsonToken.VALUE_NUMBER_INT ? size(in.scalar()) : Long.valueOf(-1));
            }
            in.skip();
            if (!name.equals(SIZE)) {
                described.otherParameters.add(new Span(begins, in.position()));
            }
        });
        described.parameters = new Span(from, in.position());
    }

    private static long size(String digits) {
        return digits.matches("[0-9]{1,9}") ? Long.parseLong(digits) : -1;
    }

    /** The data in the place of its size. A tensor that has data already has it twice then, which no reader of bodies takes. */
    private void put(Described described, long size, String pointer) throws RefusedException {
        if (size < 0 || size > bytes.remaining()) {
            throw BodyReader.invalid(
                    pointer + "/parameters/" + SIZE, "must be the number of its bytes behind the JSON");
        }
        DataType type = DataType.of(described.type)
                .orElseThrow(() ->
                        BodyReader.invalid(pointer + "/datatype", "must be a datatype of the protocol, such as FP32"));
        ByteBuffer data = bytes.slice(bytes.position(), (int) size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + (int) size);
        if (type.width() > 0 && data.remaining() % type.width() != 0) {
            throw BodyReader.invalid(pointer + "/parameters/" + SIZE, "must be a multiple of the size of " + type);
        }
        copyTo(described.parameters.from());
        out.write('{');
        char before = 0;
        for (Span kept : described.otherParameters) {
            if (before != 0) {
                out.write(before);
            }
            out.write(json, kept.from(), kept.to() - kept.from());
            before = ',';
        }
        out.writeBytes("},\"data\":[".getBytes(StandardCharsets.US_ASCII));
        for (boolean first = true; data.hasRemaining(); first = false) {
            if (!first) {
                out.write(',');
            }
            out.writeBytes(element(type, data, pointer).getBytes(StandardCharsets.UTF_8));
        }
        out.write(']');
        written = described.parameters.to();
    }

    private void copyTo(int end) {
        out.write(json, written, end - written);
        written = end;
    }

    private static String element(DataType type, ByteBuffer data, String pointer) throws RefusedException {
        return switch (type) {
            case BOOL -> Boolean.toString(data.get() != 0);
            case UINT8 -> Integer.toString(Byte.toUnsignedInt(data.get()));
            case UINT16 -> Integer.toString(Short.toUnsignedInt(data.getShort()));
            case UINT32 -> Integer.toUnsignedString(data.getInt());
            case UINT64 -> Long.toUnsignedString(data.getLong());
            case INT8 -> Byte.toString(data.get());
            case INT16 -> Short.toString(data.getShort());
            case INT32 -> Integer.toString(data.getInt());
            case INT64 -> Long.toString(data.getLong());
            case FP16 -> number(Float.float16ToFloat(data.getShort()), pointer);
            case FP32 -> number(data.getFloat(), pointer);
            case FP64 -> {
                double value = data.getDouble();
                checkFinite(value, pointer);
                yield Double.toString(value);
            }
            case BYTES -> JsonText.quoted(text(data, pointer));
        };
    }

    /** The shortest decimal that is this float, not the longer one of the nearest double. */
    private static String number(float value, String pointer) throws RefusedException {
        checkFinite(value, pointer);
        return Float.toString(value);
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
