package dev.secureprediction.gateway.route;

import dev.secureprediction.policy.model.Model;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A raw path, split once for all surfaces. Nothing is decoded or normalised: a path with a percent sign, an empty or a dot
 * segment, or any character that no resource name has is no path of a surface.
 */
public sealed interface RequestPath {

    /**
     * Begins like one of Vertex AI's.
     *
     * @param anthropic whether it goes on like one of Anthropic's models
     * @param call what it is, if it is well formed
     */
    record Google(boolean anthropic, Optional<GoogleCall> call) implements RequestPath {}

    /**
     * What a path of Vertex AI says.
     *
     * @param target the resource
     * @param verb what stands after the colon; empty: no colon
     */
    record GoogleCall(Target.Google target, String verb) {}

    /**
     * Any other.
     *
     * @param segments at least one; empty: not well formed
     */
    record Plain(List<String> segments) implements RequestPath {
        public Plain {
            segments = List.copyOf(segments);
        }

        /** Whether its first segments are these. */
        public boolean startsWith(String... first) {
            return segments.size() >= first.length
                    && segments.subList(0, first.length).equals(List.of(first));
        }
    }

    /** Splits it; never throws. */
    static RequestPath of(String path) {
        return Parser.parse(path);
    }

    /** What names look like. */
    final class Parser {
        private static final int MAX_LENGTH = 1_024;
        private static final Pattern PROJECT = Pattern.compile("[a-z0-9](?:[a-z0-9-]|[.:](?=[a-z0-9])){0,98}");
        private static final Pattern LOCATION = Pattern.compile("[a-z][a-z0-9-]{0,62}");
        private static final Pattern ENDPOINT = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
        private static final Pattern PUBLISHER = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
        private static final Pattern MODEL = Pattern.compile("[a-zA-Z0-9](?:[a-zA-Z0-9_@-]|\\.(?=[a-zA-Z0-9])){0,127}");
        private static final Pattern PLAIN =
                Pattern.compile("(?:/[a-zA-Z0-9](?:[a-zA-Z0-9_@:-]|\\.(?=[a-zA-Z0-9])){0,127}){1,8}");
        private static final Pattern ANTHROPIC =
                Pattern.compile("/[^/]+/projects/[^/]*/locations/[^/]*/publishers/anthropic/.*");

        private Parser() {}

        static RequestPath parse(String path) {
            if (path.startsWith("/v1/projects/") || path.startsWith("/v1beta1/projects/")) {
                Optional<GoogleCall> call = path.length() > MAX_LENGTH ? Optional.empty() : call(path.split("/", -1));
                return new Google(call.isPresent() ? isAnthropic(call.get()) : looksAnthropic(path), call);
            }
            boolean sound = path.length() <= MAX_LENGTH && PLAIN.matcher(path).matches();
            return new Plain(sound ? List.of(path.substring(1).split("/", -1)) : firstSegments(path));
        }

        private static boolean isAnthropic(GoogleCall call) {
            return call.target().model() instanceof Model.Publisher publisher
                    && publisher.publisher().equals("anthropic");
        }

        private static boolean looksAnthropic(String path) {
            return path.length() <= MAX_LENGTH && ANTHROPIC.matcher(path).matches();
        }

        /** Enough of a path that is not well formed to tell whose errors its caller reads. */
        private static List<String> firstSegments(String path) {
            if (path.startsWith("/openai/v1/")) {
                return List.of("openai", "v1", "");
            }
            if (path.startsWith("/v1/models/")) {
                return List.of("v1", "models", "");
            }
            return path.startsWith("/v2/") ? List.of("v2", "") : List.of();
        }

        private static Optional<GoogleCall> call(String[] segments) {
            boolean endpoint = segments.length == 8 && segments[6].equals("endpoints");
            boolean publisher =
                    segments.length == 10 && segments[6].equals("publishers") && segments[8].equals("models");
            if (!(endpoint || publisher) || !segments[4].equals("locations")) {
                return Optional.empty();
            }
            String last = segments[segments.length - 1];
            int colon = last.indexOf(':');
            String name = colon < 0 ? last : last.substring(0, colon);
            Optional<Model> model = endpoint ? endpoint(name) : publisherModel(segments[7], name);
            Optional<ApiVersion> version = ApiVersion.of(segments[1]);
            if (model.isEmpty()
                    || version.isEmpty()
                    || colon == last.length() - 1
                    || !PROJECT.matcher(segments[3]).matches()
                    || !LOCATION.matcher(segments[5]).matches()) {
                return Optional.empty();
            }
            return Optional.of(new GoogleCall(
                    new Target.Google(version.get(), segments[3], segments[5], model.get()),
                    colon < 0 ? "" : last.substring(colon + 1)));
        }

        private static Optional<Model> endpoint(String id) {
            return ENDPOINT.matcher(id).matches() ? Optional.of(new Model.Endpoint(id)) : Optional.empty();
        }

        private static Optional<Model> publisherModel(String publisher, String name) {
            return PUBLISHER.matcher(publisher).matches() && MODEL.matcher(name).matches()
                    ? Optional.of(new Model.Publisher(publisher, name))
                    : Optional.empty();
        }
    }
}
