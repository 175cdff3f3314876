package dev.secureprediction.gateway.route;

import dev.secureprediction.gateway.error.ErrorShape;
import dev.secureprediction.policy.model.Model;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Parses a raw path. Nothing is decoded or normalised: a path with a percent sign, an empty or a dot segment, or any
 * character that no resource name has is no path of a surface.
 */
public final class PathParser {
    private static final int MAX_LENGTH = 1_024;
    private static final Pattern PROJECT = Pattern.compile("[a-z0-9](?:[a-z0-9-]|[.:](?=[a-z0-9])){0,98}");
    private static final Pattern LOCATION = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern ENDPOINT = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern PUBLISHER = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern MODEL = Pattern.compile("[a-zA-Z0-9](?:[a-zA-Z0-9_@-]|\\.(?=[a-zA-Z0-9])){0,127}");

    private PathParser() {}

    /** What this path asks for; never throws. */
    public static RouteMatch parse(String path) {
        boolean google = path.startsWith("/v1/projects/") || path.startsWith("/v1beta1/projects/");
        RouteMatch unmatched = new RouteMatch.Unmatched(google ? ErrorShape.GOOGLE : ErrorShape.PROBLEM);
        if (!google || path.length() > MAX_LENGTH) {
            return unmatched;
        }
        return route(path.split("/", -1))
                .filter(PathParser::servedShape)
                .<RouteMatch>map(RouteMatch.Matched::new)
                .orElse(unmatched);
    }

    private static Optional<Route> route(String[] segments) {
        boolean endpoint = segments.length == 8 && segments[6].equals("endpoints");
        boolean publisher = segments.length == 10 && segments[6].equals("publishers") && segments[8].equals("models");
        if (!(endpoint || publisher) || !segments[4].equals("locations")) {
            return Optional.empty();
        }
        String last = segments[segments.length - 1];
        int colon = last.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        String name = last.substring(0, colon);
        Optional<Model> model = endpoint ? endpoint(name) : publisherModel(segments[7], name);
        Optional<Verb> verb = Verb.of(last.substring(colon + 1));
        Optional<ApiVersion> version = ApiVersion.of(segments[1]);
        if (model.isEmpty()
                || verb.isEmpty()
                || version.isEmpty()
                || !PROJECT.matcher(segments[3]).matches()
                || !LOCATION.matcher(segments[5]).matches()) {
            return Optional.empty();
        }
        return Optional.of(new Route(version.get(), segments[3], segments[5], model.get(), verb.get()));
    }

    private static Optional<Model> endpoint(String id) {
        return ENDPOINT.matcher(id).matches() ? Optional.of(new Model.Endpoint(id)) : Optional.empty();
    }

    private static Optional<Model> publisherModel(String publisher, String name) {
        return PUBLISHER.matcher(publisher).matches() && MODEL.matcher(name).matches()
                ? Optional.of(new Model.Publisher(publisher, name))
                : Optional.empty();
    }

    /** Which verbs a surface has on which kind of model; raw calls of Claude belong to another surface. */
    private static boolean servedShape(Route route) {
        return switch (route.verb()) {
            case PREDICT, SERVER_STREAMING_PREDICT -> true;
            case RAW_PREDICT, STREAM_RAW_PREDICT ->
                !(route.model() instanceof Model.Publisher publisher
                        && publisher.publisher().equals("anthropic"));
            case GENERATE_CONTENT, STREAM_GENERATE_CONTENT ->
                route.model() instanceof Model.Publisher publisher
                        && publisher.publisher().equals("google");
        };
    }
}
