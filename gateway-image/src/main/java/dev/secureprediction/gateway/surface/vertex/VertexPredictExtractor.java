package dev.secureprediction.gateway.surface.vertex;

import com.fasterxml.jackson.core.JsonToken;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.route.Operation;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.gateway.surface.AnswerFrame;
import dev.secureprediction.gateway.surface.AnswerFrame.Delta;
import dev.secureprediction.gateway.surface.AnswerFrame.End;
import dev.secureprediction.gateway.surface.Content;
import dev.secureprediction.gateway.surface.Edit;
import dev.secureprediction.gateway.surface.Extractor;
import dev.secureprediction.gateway.surface.Generation;
import dev.secureprediction.gateway.surface.Part;
import dev.secureprediction.gateway.surface.Speaker;
import dev.secureprediction.gateway.surface.json.BodyReader;
import dev.secureprediction.gateway.surface.json.Parts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Bodies whose form is the model's own: every string in them is data that a screener must see. */
final class VertexPredictExtractor implements Extractor {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}(?:\\.[0-9]{1,18})?");

    @Override
    public Content read(Route route, byte[] body) throws RefusedException {
        return read(route, body, Parts::freeForm);
    }

    @Override
    public Content outline(Route route, byte[] body) throws RefusedException {
        return read(route, body, Parts::freeFormWithoutTexts);
    }

    private static Content read(Route route, byte[] body, Function<BodyReader, Parts> collecting)
            throws RefusedException {
        Reading reading = new Reading(route.operation(), collecting);
        if (isRaw(route)) {
            BodyReader.readValue(body, reading::read);
        } else {
            BodyReader.read(body, reading::read);
        }
        return reading.content();
    }

    private static boolean isRaw(Route route) {
        return route.operation() == Operation.RAW_PREDICT || route.operation() == Operation.STREAM_RAW_PREDICT;
    }

    private static final class Reading {
        private final Operation operation;
        private final Function<BodyReader, Parts> collecting;
        private List<Part> parts = List.of();
        private Generation generation = Generation.PLAIN;
        private boolean instances;

        Reading(Operation operation, Function<BodyReader, Parts> collecting) {
            this.operation = operation;
            this.collecting = collecting;
        }

        void read(BodyReader in) throws IOException, RefusedException {
            Parts found = collecting.apply(in);
            parts = found.list();
            if (operation == Operation.RAW_PREDICT && in.token() == JsonToken.START_OBJECT) {
                in.object(name -> raw(name, in, found));
                return;
            }
            if (operation != Operation.PREDICT) {
                found.everyString(Speaker.Data);
                return;
            }
            in.object(name -> {
                if (name.equals("instances")) {
                    instances(in, found);
                } else if (name.equals("parameters") && in.token() == JsonToken.START_OBJECT) {
                    parameters(in, found);
                } else {
                    found.everyString(Speaker.Data);
                }
            });
            if (!instances) {
                throw BodyReader.invalid("/instances", "must be an array with at least one item");
            }
        }

        /** Servers of chats stream where the body says so, which a role that may not stream must not get by another path. */
        private static void raw(String name, BodyReader in, Parts found) throws IOException, RefusedException {
            if (name.equals("stream") && in.token() == JsonToken.VALUE_TRUE) {
                throw in.invalid("must be false; else call streamRawPredict");
            }
            found.member(name, Speaker.Data);
        }

        private void instances(BodyReader in, Parts found) throws IOException, RefusedException {
            if (in.token() != JsonToken.START_ARRAY) {
                throw in.invalid("must be an array with at least one item");
            }
            in.array(index -> {
                instances = true;
                found.everyString(Speaker.Data);
            });
        }

        /** Those of generative models; any other is the model's own. */
        private void parameters(BodyReader in, Parts found) throws IOException, RefusedException {
            OptionalLong[] counts = {OptionalLong.empty(), OptionalLong.empty()};
            OptionalDouble[] temperature = {OptionalDouble.empty()};
            in.message(name -> {
                // Google's JSON takes numbers in quotes, too
                boolean number = in.token().isNumeric() || isNumber(in);
                if (number && name.equals("temperature")) {
                    temperature[0] = in.decimal();
                } else if (number && name.equals("maxOutputTokens")) {
                    counts[0] = in.integer();
                } else if (number && (name.equals("candidateCount") || name.equals("sampleCount"))) {
                    counts[1] = in.integer();
                } else {
                    found.everyString(Speaker.Data);
                }
            });
            generation = new Generation(
                    counts[0],
                    Math.max(1, counts[1].orElse(1)),
                    temperature[0],
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        private static boolean isNumber(BodyReader in) throws IOException, RefusedException {
            return in.token() == JsonToken.VALUE_STRING
                    && NUMBER.matcher(in.string()).matches();
        }

        Content content() {
            return new Content(Optional.empty(), parts, List.of(), generation, Optional.empty());
        }
    }

    /** The model's own form has no place for it that is known. */
    @Override
    public Optional<Edit> capOutput(Route route, byte[] body, long cap) {
        return Optional.empty();
    }

    @Override
    public AnswerFrame answer(Route route, byte[] frame) {
        List<Delta> deltas = new ArrayList<>();
        List<Part> media = new ArrayList<>();
        boolean[] error = {false};
        try {
            BodyReader.read(
                    frame,
                    in -> in.object(name -> {
                        error[0] |= name.equals("error") && in.token() == JsonToken.START_OBJECT;
                        boolean listed = name.equals("predictions") && in.token() == JsonToken.START_ARRAY;
                        if (listed) {
                            in.array(index -> data(in, index, deltas, media));
                        } else {
                            data(in, 0, deltas, media);
                        }
                    }));
        } catch (RefusedException e) {
            error[0] = true;
        }
        End whole = route.operation() == Operation.PREDICT ? End.COMPLETE : End.OPEN;
        return new AnswerFrame(deltas, media, false, Optional.empty(), error[0] ? End.ERROR : whole);
    }

    private static void data(BodyReader in, int candidate, List<Delta> deltas, List<Part> media)
            throws IOException, RefusedException {
        Parts found = Parts.ofFreeFormAnswer(in);
        found.everyString(Speaker.Data);
        deltas.addAll(found.deltas(candidate));
        media.addAll(found.media());
    }

    @Override
    public boolean reportsTokens() {
        return false;
    }
}
