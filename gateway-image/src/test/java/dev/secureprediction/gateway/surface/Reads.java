package dev.secureprediction.gateway.surface;

import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.route.ApiVersion;
import dev.secureprediction.gateway.route.Operation;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.gateway.route.Target;
import dev.secureprediction.policy.model.Model;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Bodies read as the pipeline does. */
public final class Reads {
    private Reads() {}

    /** A call of a publisher's model. */
    public static Route publisher(Operation operation, String publisher, String model) {
        return new Route(
                operation,
                new Target.Google(ApiVersion.V1, "acme", "europe-west4", new Model.Publisher(publisher, model)));
    }

    /** A call of an endpoint. */
    public static Route endpoint(Operation operation) {
        return new Route(
                operation, new Target.Google(ApiVersion.V1, "acme", "europe-west4", new Model.Endpoint("churn")));
    }

    public static Extractor extractor(Route route) {
        return SurfaceRegistry.standard().module(route.surface()).extractor();
    }

    public static Content content(Route route, String body) throws RefusedException {
        return extractor(route).read(route, bytes(body));
    }

    public static AnswerFrame answer(Route route, String frame) {
        return extractor(route).answer(route, bytes(frame));
    }

    /** Every text as `speaker pointer text`. */
    public static List<String> texts(Content content) {
        List<String> texts = new ArrayList<>();
        for (Part part : content.parts()) {
            if (part instanceof Part.Text text) {
                texts.add(text.speaker() + " " + text.pointer() + " " + text.text());
            }
        }
        return texts;
    }

    /** The bytes of the body that a part stands for. */
    public static String at(String body, Span span) {
        return new String(bytes(body), span.from(), span.to() - span.from(), StandardCharsets.UTF_8);
    }

    /** The body after an edit. */
    public static String edited(String body, Optional<Edit> edit) {
        if (edit.isEmpty()) {
            return body;
        }
        Span span = edit.get().span();
        return at(body, new Span(0, span.from()))
                + new String(edit.get().replacement(), StandardCharsets.UTF_8)
                + at(body, new Span(span.to(), bytes(body).length));
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
