package dev.secureprediction.gateway.surface.inference;

import com.fasterxml.jackson.core.JsonToken;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.surface.Span;
import dev.secureprediction.gateway.surface.json.AnswerReader;
import dev.secureprediction.gateway.surface.json.BodyReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One tensor of an answer while it is read, row by row; every element as the model wrote it. */
final class Column {
    private static final int MAX_DIMENSIONS = 16;

    private final StringBuilder data = new StringBuilder();
    private Optional<DataType> type = Optional.empty();
    private Optional<List<Integer>> shape = Optional.empty();
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
            case VALUE_NUMBER_INT -> DataType.INT64;
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

    /** Whole numbers among others are others, too. */
    private static DataType common(DataType one, DataType other) throws RefusedException {
        if (one == other) {
            return one;
        }
        boolean numbers =
                (one == DataType.INT64 || one == DataType.FP64) && (other == DataType.INT64 || other == DataType.FP64);
        if (!numbers) {
            throw AnswerReader.unexpected("NO_TENSORS");
        }
        return DataType.FP64;
    }

    /** Datatype, shape and data, without the braces. */
    String members() {
        String sizes = shape.orElse(List.of()).stream().map(size -> "," + size).collect(Collectors.joining());
        return "\"datatype\":\"" + type.orElse(DataType.FP64) + "\",\"shape\":[" + rows + sizes + "],\"data\":[" + data
                + "]";
    }
}
