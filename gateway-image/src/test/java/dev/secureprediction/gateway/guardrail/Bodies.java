package dev.secureprediction.gateway.guardrail;

import dev.secureprediction.gateway.answer.Frame;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.gateway.route.RouteMatch;
import dev.secureprediction.gateway.surface.AnswerFrame;
import dev.secureprediction.gateway.surface.Content;
import dev.secureprediction.gateway.surface.Extractor;
import dev.secureprediction.gateway.surface.SurfaceRegistry;
import java.nio.charset.StandardCharsets;

/** Requests and answers of Gemini as its surface reads them. */
final class Bodies {
    private static final Route ROUTE = route();

    private Bodies() {}

    private static Route route() {
        String path = "/v1/projects/p-12345/locations/europe-west4/publishers/google/models/gemini-2.5-flash"
                + ":streamGenerateContent";
        if (SurfaceRegistry.standard().match("POST", path) instanceof RouteMatch.Matched matched) {
            return matched.route();
        }
        throw new IllegalStateException(path);
    }

    private static Extractor extractor() {
        return SurfaceRegistry.standard().module(ROUTE.surface()).extractor();
    }

    static Content content(byte[] body) throws RefusedException {
        return extractor().read(ROUTE, body);
    }

    static AnswerFrame answer(byte[] data) {
        return extractor().answer(ROUTE, data);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** A body whose turns are these parts, as JSON. */
    static String request(String... parts) {
        return "{\"contents\":[{\"role\":\"user\",\"parts\":[" + String.join(",", parts) + "]}]}";
    }

    /** An event with a text of the first candidate. */
    static Frame says(String text) {
        return event("{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"" + text + "\"}]}}]}");
    }

    /** An event with this data. */
    static Frame event(String json) {
        return new Frame(bytes("data: "), bytes(json), bytes("\n\n"), answer(bytes(json)));
    }

    /** The texts of a frame, put together. */
    static String said(Frame frame) {
        StringBuilder all = new StringBuilder();
        frame.content().deltas().forEach(delta -> all.append(delta.text().text()));
        return all.toString();
    }
}
