package dev.secureprediction.sandbox.cloud.prediction;

import com.linecorp.armeria.common.HttpData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a model answers, before any fault. */
sealed interface Reply {

    /** One body. */
    record Whole(Map<String, String> headers, HttpData body) implements Reply {

        static Whole json(String json) {
            return new Whole(Map.of("content-type", "application/json; charset=UTF-8"), HttpData.ofUtf8(json));
        }

        Whole withHeader(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Whole(more, body);
        }
    }

    /**
     * Chunks that come one by one.
     *
     * @param chunks JSON values
     * @param framing how they are put on the wire
     */
    record Chunks(List<String> chunks, Framing framing) implements Reply {

        public Chunks {
            chunks = List.copyOf(chunks);
        }
    }
}
