package dev.secureprediction.operator.promotions;

import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody asks: what would change if this were applied?
 *
 * @param namespace of the endpoint
 * @param name of the endpoint
 */
record PlanQuestion(String namespace, String name) {

    static final String PATH = "/plans/";

    /** etcd takes no larger object. */
    private static final int MOST_BYTES = 1_536 * 1024;

    private static final Pattern ENVIRONMENT = Pattern.compile(PATH + "([a-z0-9.-]+)");
    private static final Pattern WHOLE = Pattern.compile(PATH + "([a-z0-9-]+)/([a-z0-9.-]+)");

    /** Reads it from `/plans/{namespace}/{name}`; empty when it is not that. */
    static Optional<PlanQuestion> of(URI uri) {
        Matcher path = WHOLE.matcher(uri.getPath());
        return path.matches() && uri.getRawQuery() == null
                ? Optional.of(new PlanQuestion(path.group(1), path.group(2)))
                : Optional.empty();
    }

    /** Reads the name of an environment from `/plans/{environment}`; empty when it is not that. */
    static Optional<String> environment(URI uri) {
        Matcher path = ENVIRONMENT.matcher(uri.getPath());
        return path.matches() && uri.getRawQuery() == null ? Optional.of(path.group(1)) : Optional.empty();
    }

    /** The environment in the body; empty when there is none of this name. */
    static Optional<PredictionEnvironment> environment(String name, InputStream body) throws IOException {
        return read(body, PredictionEnvironment.class)
                .filter(found -> found.getMetadata() != null && found.getSpec() != null)
                .filter(found -> name.equals(found.getMetadata().getName()));
    }

    /** The endpoint in the body; empty when there is none of this name. */
    Optional<SecurePredictionEndpoint> endpoint(InputStream body) throws IOException {
        return read(body, SecurePredictionEndpoint.class)
                .filter(found -> found.getMetadata() != null && found.getSpec() != null)
                .filter(found -> namespace.equals(found.getMetadata().getNamespace())
                        && name.equals(found.getMetadata().getName()));
    }

    private static <T> Optional<T> read(InputStream body, Class<T> kind) throws IOException {
        byte[] bytes = body.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(
                    new KubernetesSerialization().unmarshal(new String(bytes, StandardCharsets.UTF_8), kind));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
