package dev.secureprediction.gateway.surface.json;

import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.surface.Edit;
import dev.secureprediction.gateway.surface.Span;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Puts an output cap at a body's top level, or lowers the one that is there. */
public final class OutputCap {
    private final List<String> names;
    private final long cap;
    private int start;
    private boolean capped;
    private Optional<Edit> edit = Optional.empty();

    private OutputCap(List<String> names, long cap) {
        this.names = names;
        this.cap = cap;
    }

    /**
     * The edit; empty: a cap that is low enough is there.
     *
     * @param names of the member; a body has at most one of them, and the first is put in where it has none
     */
    public static Optional<Edit> topLevel(byte[] body, List<String> names, long cap) {
        OutputCap reading = new OutputCap(names, cap);
        try {
            BodyReader.read(body, reading::read);
        } catch (RefusedException e) {
            return Optional.empty(); // it was read before; what is no body is never forwarded
        }
        // every body of these surfaces has another member, so that a comma is due
        return reading.capped
                ? reading.edit
                : replace(new Span(reading.start + 1, reading.start + 1), "\"" + names.getFirst() + "\":" + cap + ",");
    }

    private void read(BodyReader in) throws IOException, RefusedException {
        start = in.start();
        in.object(name -> {
            if (!names.contains(name)) {
                in.skip();
                return;
            }
            capped = true;
            if (in.integer().orElse(Long.MAX_VALUE) > cap) {
                edit = replace(in.span(), Long.toString(cap));
            }
        });
    }

    private static Optional<Edit> replace(Span span, String json) {
        return Optional.of(new Edit(span, json.getBytes(StandardCharsets.US_ASCII)));
    }
}
