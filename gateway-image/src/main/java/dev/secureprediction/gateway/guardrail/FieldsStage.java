package dev.secureprediction.gateway.guardrail;

import dev.secureprediction.gateway.answer.AnswerStage;
import dev.secureprediction.gateway.answer.Frame;
import dev.secureprediction.gateway.error.ErrorCode;
import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.surface.AnswerFrame;
import dev.secureprediction.gateway.surface.json.BodyReader;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Leaves out the top-level fields that callers do not get; the others stay byte for byte. What is no object has no such fields and
 * is not for callers either. */
final class FieldsStage implements AnswerStage {
    /** How OpenAI's streams end. */
    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    private final Set<String> fields;
    private final Function<byte[], AnswerFrame> reader;
    private final Next next;

    FieldsStage(List<String> fields, Function<byte[], AnswerFrame> reader, Next next) {
        this.fields = Set.copyOf(fields);
        this.reader = reader;
        this.next = next;
    }

    @Override
    public void frame(Frame frame) {
        if (!frame.hasData() || Arrays.equals(frame.data(), DONE)) {
            next.frame(frame);
            return;
        }
        ByteArrayOutputStream kept = new ByteArrayOutputStream(frame.data().length);
        try {
            BodyReader.read(
                    frame.data(),
                    in -> in.object(name -> {
                        int from = in.nameSpan().from();
                        in.skip();
                        if (fields.contains(name)) {
                            kept.write(kept.size() == 0 ? '{' : ',');
                            kept.write(frame.data(), from, in.position() - from);
                        }
                    }));
        } catch (RefusedException e) {
            next.block(Refusal.of(ErrorCode.UPSTREAM_FAILED, "UNREADABLE_ANSWER"));
            return;
        }
        if (kept.size() == 0) {
            kept.write('{');
        }
        kept.write('}');
        byte[] data = kept.toByteArray();
        next.frame(frame.with(data, reader.apply(data)));
    }

    @Override
    public void end() {
        next.end();
    }

    @Override
    public long held() {
        return 0;
    }

    @Override
    public void stop() {}
}
