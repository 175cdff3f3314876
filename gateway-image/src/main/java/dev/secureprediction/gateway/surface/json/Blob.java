package dev.secureprediction.gateway.surface.json;

import com.fasterxml.jackson.core.JsonToken;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.surface.Span;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** An object that may be bytes with their type, in either order: `data` beside a media type. */
final class Blob {
    private static final Set<String> TYPES = Set.of("mimeType", "mime_type", "mediaType", "media_type");

    private Optional<String> type = Optional.empty();
    private Optional<Span> data = Optional.empty();
    private String pointer = "";

    /** Looks at a member whose value was just read. */
    void see(String name, BodyReader in) throws IOException, RefusedException {
        if (in.token() != JsonToken.VALUE_STRING) {
            return;
        }
        if (TYPES.contains(name)) {
            type = Optional.of(in.string());
        } else if (name.equals("data")) {
            data = Optional.of(in.span());
            pointer = in.pointer();
        }
    }

    /** Where the bytes stand, if it is such an object. */
    Optional<Span> span() {
        return type.isPresent() ? data : Optional.empty();
    }

    String pointer() {
        return pointer;
    }

    String mimeType() {
        return type.orElse("");
    }
}
