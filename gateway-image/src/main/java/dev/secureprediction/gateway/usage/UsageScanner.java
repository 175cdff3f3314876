package dev.secureprediction.gateway.usage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds the last `usageMetadata` (Google) or `usage` (OpenAI, Anthropic) object in an answer that passes by in pieces: JSON, an array of JSON or server-sent
 * events. It knows strings, so that a model that writes the word in its text is not believed, and keeps at most one
 * object of 8 KiB.
 */
public final class UsageScanner {
    private static final int SHORT_NAME = "usage".length();
    private static final byte[] NAME = "usageMetadata".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_OBJECT = 8 * 1024;
    private static final JsonMapper MAPPER = new JsonMapper(new JsonFactory());

    private enum State {
        OUTSIDE,
        STRING,
        AFTER_NAME,
        AFTER_COLON,
        OBJECT
    }

    private final ByteArrayOutputStream object = new ByteArrayOutputStream(0);
    private State state = State.OUTSIDE;
    private boolean escaped;
    private boolean inString;
    private int matched;
    private int depth;
    private Optional<byte[]> last = Optional.empty();

    /** Takes the next piece. */
    public void scan(byte[] piece) {
        for (int i = passed(piece, 0); i < piece.length; i = passed(piece, i + 1)) {
            byte next = piece[i];
            switch (state) {
                case OUTSIDE -> outside(next);
                case STRING -> string(next);
                case AFTER_NAME -> afterName(next);
                case AFTER_COLON -> afterColon(next);
                case OBJECT -> object(next);
            }
        }
    }

    /** Passes what changes nothing, which is most of an answer, in one go. */
    private int passed(byte[] piece, int from) {
        int at = from;
        if (state == State.OUTSIDE) {
            while (at < piece.length && piece[at] != '"') {
                at++;
            }
        } else if (state == State.STRING && !escaped && matched < 0) {
            while (at < piece.length && piece[at] != '"' && piece[at] != '\\') {
                at++;
            }
        }
        return at;
    }

    /** What the last complete object said. */
    public Optional<TokensUsed> result() {
        return last.flatMap(UsageScanner::read);
    }

    private void outside(byte next) {
        if (next == '"') {
            state = State.STRING;
            escaped = false;
            matched = 0;
        }
    }

    private void string(byte next) {
        if (escaped) {
            escaped = false;
            matched = -1;
        } else if (next == '\\') {
            escaped = true;
            matched = -1;
        } else if (next == '"') {
            state = matched == NAME.length || matched == SHORT_NAME ? State.AFTER_NAME : State.OUTSIDE;
        } else if (matched >= 0) {
            matched = matched < NAME.length && next == NAME[matched] ? matched + 1 : -1;
        }
    }

    private void afterName(byte next) {
        if (next == ':') {
            state = State.AFTER_COLON;
        } else if (!isSpace(next)) {
            state = State.OUTSIDE;
            outside(next);
        }
    }

    private void afterColon(byte next) {
        if (next == '{') {
            state = State.OBJECT;
            object.reset();
            object.write(next);
            depth = 1;
            inString = false;
            escaped = false;
        } else if (!isSpace(next)) {
            state = State.OUTSIDE;
            outside(next);
        }
    }

    private void object(byte next) {
        if (object.size() >= MAX_OBJECT) {
            state = State.OUTSIDE; // no longer in step with strings, yet the next object starts afresh
            return;
        }
        object.write(next);
        if (inString) {
            inString = escaped || next != '"';
            escaped = !escaped && next == '\\';
        } else if (next == '"') {
            inString = true;
        } else if (next == '{') {
            depth++;
        } else if (next == '}' && --depth == 0) {
            last = Optional.of(object.toByteArray());
            state = State.OUTSIDE;
        }
    }

    private static boolean isSpace(byte next) {
        return next == ' ' || next == '\n' || next == '\r' || next == '\t';
    }

    private static Optional<TokensUsed> read(byte[] json) {
        try {
            JsonNode usage = MAPPER.readTree(json);
            return Optional.of(new TokensUsed(
                    prompt(usage),
                    first(usage, "candidatesTokenCount", "completion_tokens", "output_tokens"),
                    total(usage)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static OptionalLong prompt(JsonNode usage) {
        OptionalLong anthropic = count(usage, "input_tokens");
        return anthropic.isEmpty()
                ? first(usage, "promptTokenCount", "prompt_tokens")
                : OptionalLong.of(anthropic.getAsLong()
                        + count(usage, "cache_creation_input_tokens").orElse(0)
                        + count(usage, "cache_read_input_tokens").orElse(0));
    }

    private static OptionalLong total(JsonNode usage) {
        OptionalLong said = first(usage, "totalTokenCount", "total_tokens");
        OptionalLong output = count(usage, "output_tokens");
        return said.isPresent() || output.isEmpty() || prompt(usage).isEmpty()
                ? said
                : OptionalLong.of(prompt(usage).getAsLong() + output.getAsLong());
    }

    private static OptionalLong first(JsonNode usage, String... names) {
        for (String name : names) {
            OptionalLong count = count(usage, name);
            if (count.isPresent()) {
                return count;
            }
        }
        return OptionalLong.empty();
    }

    private static OptionalLong count(JsonNode usage, String name) {
        JsonNode value = usage.path(name);
        return value.canConvertToLong() && value.isIntegralNumber() && value.asLong() >= 0
                ? OptionalLong.of(value.asLong())
                : OptionalLong.empty();
    }
}
