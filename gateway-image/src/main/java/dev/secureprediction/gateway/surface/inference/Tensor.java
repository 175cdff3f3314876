package dev.secureprediction.gateway.surface.inference;

import dev.secureprediction.gateway.surface.Span;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * A tensor of a request.
 *
 * @param name as the caller wrote it
 * @param shape the first is the size of the batch; never empty
 * @param type of its elements
 * @param elements where each stands in the body, row by row
 */
record Tensor(String name, List<Integer> shape, DataType type, List<Span> elements) {
    Tensor {
        shape = List.copyOf(shape);
        elements = List.copyOf(elements);
    }

    /** How many rows. */
    int batch() {
        return shape.getFirst();
    }

    /** Writes a row as the arrays that its shape says, with each element as the caller wrote it. */
    void writeRow(int row, byte[] body, ByteArrayOutputStream out) {
        int size = elements.size() / Math.max(1, batch());
        write(1, row * size, size, body, out);
    }

    private void write(int dimension, int from, int size, byte[] body, ByteArrayOutputStream out) {
        if (dimension == shape.size()) {
            Span span = elements.get(from);
            out.write(body, span.from(), span.to() - span.from());
            return;
        }
        int count = shape.get(dimension);
        int step = count == 0 ? 0 : size / count;
        out.write('[');
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                out.write(',');
            }
            write(dimension + 1, from + i * step, step, body, out);
        }
        out.write(']');
    }
}
