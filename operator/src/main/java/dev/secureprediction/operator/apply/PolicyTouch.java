package dev.secureprediction.operator.apply;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.plan.DesiredGateway;
import dev.secureprediction.operator.render.GatewayTlsSecret;
import dev.secureprediction.operator.render.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Pod;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes kubelets bring changed files to pods now. By itself a kubelet looks every 60 to 90 seconds; a change of a pod's
 * annotation makes it look at once.
 */
public final class PolicyTouch {

    static final String ANNOTATION = "secureprediction.dev/policy-touched";

    private final GatewayObjects objects;
    private final GatewayPods pods;

    public PolicyTouch(GatewayObjects objects, GatewayPods pods) {
        this.objects = objects;
        this.pods = pods;
    }

    /** Touches pods that started before their files last changed, once for each change. */
    public void touch(SecurePredictionEndpoint endpoint, DesiredGateway gateway, List<Pod> found) {
        var policy = objects.configMap(endpoint, gateway.name());
        var secret = objects.secret(endpoint, GatewayTlsSecret.name(gateway));
        var files = new TreeMap<String, String>();
        policy.ifPresent(map -> files.putAll(map.getData()));
        secret.ifPresent(made -> files.putAll(made.getData()));
        var changed = latest(policy.flatMap(PolicyTouch::written), secret.flatMap(PolicyTouch::written));
        if (changed.isEmpty()) {
            return;
        }
        var digest = digest(files);
        found.stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod -> !started(pod).isAfter(changed.get()))
                .filter(pod -> !isTouched(pod, digest))
                .forEach(pod -> pods.annotate(pod, ANNOTATION, digest));
    }

    /** Once more, for a pod whose files are not as the kubelet wrote them: it compares, and writes them anew. */
    public void again(Pod pod, Instant now) {
        var last = Objects.requireNonNullElse(pod.getMetadata().getAnnotations().get(ANNOTATION), "");
        pods.annotate(pod, ANNOTATION, last.split("@", 2)[0] + "@" + now.getEpochSecond());
    }

    private static Instant started(Pod pod) {
        return Instant.parse(pod.getMetadata().getCreationTimestamp());
    }

    private static boolean isTouched(Pod pod, String digest) {
        var last = pod.getMetadata().getAnnotations().get(ANNOTATION);
        return last != null && last.split("@", 2)[0].equals(digest);
    }

    private static Optional<Instant> written(HasMetadata object) {
        return object.getMetadata().getManagedFields().stream()
                .filter(entry -> Labels.OPERATOR.equals(entry.getManager()))
                .map(ManagedFieldsEntry::getTime)
                .filter(Objects::nonNull)
                .map(Instant::parse)
                .max(Comparator.naturalOrder());
    }

    private static Optional<Instant> latest(Optional<Instant> one, Optional<Instant> other) {
        return one.isPresent() && other.isPresent()
                ? one.map(instant -> instant.isAfter(other.get()) ? instant : other.get())
                : one.or(() -> other);
    }

    private static String digest(Map<String, String> files) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            files.forEach((name, content) -> {
                sha256.update(name.getBytes(UTF_8));
                sha256.update((byte) 0);
                sha256.update(content.getBytes(UTF_8));
                sha256.update((byte) 0);
            });
            return "sha256:" + HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
