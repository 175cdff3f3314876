package dev.secureprediction.gateway.surface.inference;

import com.fasterxml.jackson.core.JsonToken;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.surface.Span;
import dev.secureprediction.gateway.surface.json.AnswerReader;
import dev.secureprediction.gateway.surface.json.BodyReader;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One tensor of an answer while it is read, row by row; every element as the model wrote it. */
final class Column {
    private static final int MAX_DIMENSIONS = 16;
    private static final int LONG_DIGITS = 19;

    private final StringBuilder data = new StringBuilder();
    private Optional<DataType> type = Optional.empty();
    private Optional<List<Integer>> shape = Optional.empty();
    private boolean negative;
    private int rows;

    int rows() {
        return rows;
    }

    /** Reads the next row. */
    void read(BodyReader in, byte[] answer) throws IOException, RefusedException {
        List<Integer> sizes = new ArrayList<>();
        value(in, answer, 0, sizes);
        if (shape.isPresent() && !shape.get().equals(sizes)) {
            throw AnswerReader.unexpected("NO_TENSORS");
        }
        shape = Optional.of(sizes);
        rows++;
    }

    private void value(BodyReader in, byte[] answer, int depth, List<Integer> sizes)
            throws IOException, RefusedException {
        if (in.token() != JsonToken.START_ARRAY) {
            if (depth != sizes.size()) {
                throw AnswerReader.unexpected("NO_TENSORS");
            }
            element(in, answer);
            return;
        }
        if (depth >= MAX_DIMENSIONS) {
            throw AnswerReader.unexpected("NO_TENSORS");
        }
        boolean first = depth == sizes.size();
        if (first) {
            sizes.add(-1);
        }
        int[] count = {0};
        in.array(index -> {
            count[0]++;
            value(in, answer, depth + 1, sizes);
        });
        int known = sizes.get(depth);
        if (known >= 0 && known != count[0]) {
            throw AnswerReader.unexpected("NO_TENSORS");
        }
        sizes.set(depth, count[0]);
    }

    private void element(BodyReader in, byte[] answer) throws IOException, RefusedException {
        DataType found = switch (in.token()) {
            case VALUE_NUMBER_INT -> whole(in.scalar());
            case VALUE_NUMBER_FLOAT -> DataType.FP64;
            case VALUE_TRUE, VALUE_FALSE -> DataType.BOOL;
            case VALUE_STRING -> DataType.BYTES;
            default -> throw AnswerReader.unexpected("NO_TENSORS");
        };
        type = Optional.of(type.isEmpty() ? found : common(type.get(), found));
        if (found != DataType.BOOL) {
            in.scalar();
        }
        Span span = in.span();
        data.append(data.isEmpty() ? "" : ",")
                .append(new String(answer, span.from(), span.to() - span.from(), StandardCharsets.UTF_8));
    }

    /** The smallest type that holds it; the digits go on as they are in any case. */
    private DataType whole(String digits) {
        boolean below = digits.startsWith("-");
        negative |= below;
        if (digits.length() < LONG_DIGITS) {
            return DataType.INT64;
        }
        BigInteger number = new BigInteger(digits);
        if (number.bitLength() < Long.SIZE) {
            return DataType.INT64;
        }
        return number.bitLength() == Long.SIZE && !below ? DataType.UINT64 : DataType.FP64;
    }

    /** Whole numbers among others are others, too. */
    private DataType common(DataType one, DataType other) throws RefusedException {
        if (!isNumber(one) || !isNumber(other)) {
            if (one == other) {
                return one;
            }
            throw AnswerReader.unexpected("NO_TENSORS");
        }
        if (one == DataType.FP64 || other == DataType.FP64) {
            return DataType.FP64;
        }
        boolean large = one == DataType.UINT64 || other == DataType.UINT64;
        return large ? negative ? DataType.FP64 : DataType.UINT64 : DataType.INT64;
    }

    private static boolean isNumber(DataType type) {
        return type == DataType.INT64 || type == DataType.UINT64 || type == DataType.FP64;
    }

    /** Datatype, shape and data, without the braces. */
    String members() {
        String sizes = shape.orElse(List.of()).stream().map(size -> "," + size).collect(Collectors.joining());
        return "\"datatype\":\"" + type.orElse(DataType.FP64) + "\",\"shape\":[" + rows + sizes + "],\"data\":[" + data
                + "]";
    }
}
