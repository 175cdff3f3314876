package dev.secureprediction.gateway.surface.gemini;

import com.fasterxml.jackson.core.JsonToken;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.surface.Edit;
import dev.secureprediction.gateway.surface.Span;
import dev.secureprediction.gateway.surface.json.BodyReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Puts `generationConfig.maxOutputTokens` into a body, or lowers it. */
final class OutputCap {
    private static final String MEMBER = "\"maxOutputTokens\":";

    private final long cap;
    private int bodyStart;
    private Optional<Edit> inConfig = Optional.empty();
    private boolean config;

    private OutputCap(long cap) {
        this.cap = cap;
    }

    static Optional<Edit> edit(byte[] body, long cap) {
        OutputCap reading = new OutputCap(cap);
        try {
            BodyReader.read(body, reading::read);
        } catch (RefusedException e) {
            return Optional.empty(); // it was read before; what is no body is never forwarded
        }
        if (reading.config) {
            return reading.inConfig;
        }
        // a body has `contents`, so that a comma is due
        return insert(reading.bodyStart + 1, "\"generationConfig\":{" + MEMBER + cap + "},");
    }

    private void read(BodyReader in) throws IOException, RefusedException {
        bodyStart = in.start();
        in.message(name -> {
            if (!name.equals("generationConfig")) {
                in.skip();
                return;
            }
            config = true;
            if (in.isNull()) {
                inConfig = replace(in.span(), "{" + MEMBER + cap + "}");
            } else {
                config(in);
            }
        });
    }

    private void config(BodyReader in) throws IOException, RefusedException {
        int start = in.start();
        boolean[] capped = {false};
        boolean[] empty = {true};
        in.message(name -> {
            empty[0] = false;
            if (name.equals("maxOutputTokens") && in.token() != JsonToken.START_OBJECT) {
                capped[0] = true;
                long asked = in.integer().orElse(Long.MAX_VALUE);
                if (asked > cap) {
                    inConfig = replace(in.span(), Long.toString(cap));
                }
            } else {
                in.skip();
            }
        });
        if (!capped[0]) {
            inConfig = insert(start + 1, MEMBER + cap + (empty[0] ? "" : ","));
        }
    }

    private static Optional<Edit> insert(int at, String json) {
        return replace(new Span(at, at), json);
    }

    private static Optional<Edit> replace(Span span, String json) {
        return Optional.of(new Edit(span, json.getBytes(StandardCharsets.US_ASCII)));
    }
}
