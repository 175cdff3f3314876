package dev.secureprediction.gateway.surface.inference;

import com.fasterxml.jackson.core.JsonToken;
import java.util.Optional;

/** Datatypes of tensors (Open Inference Protocol, "Tensor Data Types"). */
enum DataType {
    BOOL(1),
    UINT8(1),
    UINT16(2),
    UINT32(4),
    UINT64(8),
    INT8(1),
    INT16(2),
    INT32(4),
    INT64(8),
    FP16(2),
    FP32(4),
    FP64(8),
    /** Texts, each with its length before it where they come as bytes. */
    BYTES(0);

    private final int width;

    DataType(int width) {
        this.width = width;
    }

    /** The type of this name; case counts. */
    static Optional<DataType> of(String name) {
        for (DataType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** Bytes of one element; 0: not fixed. */
    int width() {
        return width;
    }

    /** Whether this JSON value can be an element. */
    boolean takes(JsonToken token) {
        return switch (this) {
            case BOOL -> token.isBoolean();
            case FP16, FP32, FP64 -> token.isNumeric();
            case BYTES -> token == JsonToken.VALUE_STRING;
            default -> token == JsonToken.VALUE_NUMBER_INT;
        };
    }
}
