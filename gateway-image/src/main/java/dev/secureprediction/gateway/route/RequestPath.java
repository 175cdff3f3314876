package dev.secureprediction.gateway.route;

import static dev.secureprediction.gateway.text.CharacterSet.ALPHANUMERIC;
import static dev.secureprediction.gateway.text.CharacterSet.LOWER;

import dev.secureprediction.gateway.text.CharacterSet;
import dev.secureprediction.policy.model.Model;
import java.util.List;
import java.util.Optional;

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
        private static final int MAX_SEGMENTS = 8;
        private static final CharacterSet DOT = CharacterSet.of("..");
        private static final NameRule PROJECT = new NameRule(LOWER, LOWER.and("-"), DOT.and(":"), 99);
        private static final NameRule LOCATION = NameRule.of(CharacterSet.of("az"), LOWER.and("-"), 63);
        private static final NameRule ID = NameRule.of(LOWER, LOWER.and("-"), 63);
        private static final NameRule MODEL = new NameRule(ALPHANUMERIC, ALPHANUMERIC.and("_@-"), DOT, 128);
        private static final NameRule PLAIN = new NameRule(ALPHANUMERIC, ALPHANUMERIC.and("_@:-"), DOT, 128);

        private Parser() {}

        static RequestPath parse(String path) {
            if (path.startsWith("/v1/projects/") || path.startsWith("/v1beta1/projects/")) {
                String[] segments = path.length() > MAX_LENGTH ? new String[0] : path.split("/", -1);
                return new Google(looksAnthropic(segments), call(segments));
            }
            return plain(path).orElseGet(() -> new Plain(firstSegments(path)));
        }

        private static Optional<Plain> plain(String path) {
            if (path.length() > MAX_LENGTH || !path.startsWith("/")) {
                return Optional.empty();
            }
            List<String> segments = List.of(path.substring(1).split("/", -1));
            boolean sound = segments.size() <= MAX_SEGMENTS && segments.stream().allMatch(PLAIN::fits);
            return sound ? Optional.of(new Plain(segments)) : Optional.empty();
        }

        /** Also of a path that is not well formed: whose errors its caller reads. */
        private static boolean looksAnthropic(String[] segments) {
            return segments.length > 8
                    && segments[4].equals("locations")
                    && segments[6].equals("publishers")
                    && segments[7].equals("anthropic");
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
                    || !PROJECT.fits(segments[3])
                    || !LOCATION.fits(segments[5])) {
                return Optional.empty();
            }
            return Optional.of(new GoogleCall(
                    new Target.Google(version.get(), segments[3], segments[5], model.get()),
                    colon < 0 ? "" : last.substring(colon + 1)));
        }

        private static Optional<Model> endpoint(String id) {
            return ID.fits(id) ? Optional.of(new Model.Endpoint(id)) : Optional.empty();
        }

        private static Optional<Model> publisherModel(String publisher, String name) {
            return ID.fits(publisher) && MODEL.fits(name)
                    ? Optional.of(new Model.Publisher(publisher, name))
                    : Optional.empty();
        }
    }
}
