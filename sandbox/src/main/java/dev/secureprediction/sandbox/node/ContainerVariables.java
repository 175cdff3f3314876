package dev.secureprediction.sandbox.node;

import dev.secureprediction.sandbox.node.volume.PodFields;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The variables a container's spec gives it: env, valueFrom, envFrom, {@code $(NAME)}. */
final class ContainerVariables {

    /** `$$` stands for one dollar sign; `$(NAME)` of an unknown name stays as it is (Kubernetes, third_party/forked/golang/expansion). */
    private static final Pattern REFERENCE = Pattern.compile("\\$\\$|\\$\\(([A-Za-z0-9_.-]+)\\)");

    private final KubernetesClient client;
    private final PodFields fields;

    ContainerVariables(KubernetesClient client, PodFields fields) {
        this.client = client;
        this.fields = fields;
    }

    /** In the order of the spec; a later one may refer to those before it. */
    Map<String, String> of(Container container) throws StartException {
        Map<String, String> variables = new LinkedHashMap<>();
        for (var source : container.getEnvFrom()) {
            variables.putAll(all(source));
        }
        for (var variable : container.getEnv()) {
            var value = value(container, variable, variables);
            if (value.isPresent()) {
                variables.put(variable.getName(), value.get());
            }
        }
        return variables;
    }

    /** Replaces {@code $(NAME)}. */
    static String expand(String text, Map<String, String> variables) {
        var expanded = new StringBuilder();
        var match = REFERENCE.matcher(text);
        while (match.find()) {
            var name = match.group(1);
            var replacement = name == null ? "$" : variables.getOrDefault(name, match.group());
            match.appendReplacement(expanded, Matcher.quoteReplacement(replacement));
        }
        return match.appendTail(expanded).toString();
    }

    private Optional<String> value(Container container, EnvVar variable, Map<String, String> before)
            throws StartException {
        if (variable.getValueFrom() == null) {
            return Optional.of(expand(Optional.ofNullable(variable.getValue()).orElse(""), before));
        }
        return valueFrom(container, variable.getValueFrom());
    }

    private Optional<String> valueFrom(Container container, EnvVarSource source) throws StartException {
        if (source.getFieldRef() != null) {
            var path = source.getFieldRef().getFieldPath();
            return Optional.of(fields.field(path)
                    .orElseThrow(() -> configError("fieldPath " + path + " is not known to this node")));
        }
        if (source.getResourceFieldRef() != null) {
            return PodFields.resource(container, source.getResourceFieldRef());
        }
        if (source.getConfigMapKeyRef() != null) {
            var ref = source.getConfigMapKeyRef();
            return key("ConfigMap", configMap(ref.getName()), ref.getName(), ref.getKey(), ref.getOptional());
        }
        if (source.getSecretKeyRef() != null) {
            var ref = source.getSecretKeyRef();
            return key("Secret", secret(ref.getName()), ref.getName(), ref.getKey(), ref.getOptional());
        }
        throw configError("valueFrom is of a kind the sandbox's node does not have: "
                + "use fieldRef, resourceFieldRef, configMapKeyRef or secretKeyRef");
    }

    private Map<String, String> all(EnvFromSource source) throws StartException {
        var prefix = Optional.ofNullable(source.getPrefix()).orElse("");
        Map<String, String> data;
        if (source.getConfigMapRef() != null) {
            var ref = source.getConfigMapRef();
            data = present("ConfigMap", configMap(ref.getName()), ref.getName(), ref.getOptional());
        } else {
            var ref = source.getSecretRef();
            data = present("Secret", secret(ref.getName()), ref.getName(), ref.getOptional());
        }
        Map<String, String> prefixed = new HashMap<>();
        data.forEach((key, value) -> prefixed.put(prefix + key, value));
        return prefixed;
    }

    private static Map<String, String> present(
            String kind, Optional<Map<String, String>> found, String name, @Nullable Boolean optional)
            throws StartException {
        if (found.isEmpty() && !Boolean.TRUE.equals(optional)) {
            throw configError(kind + " " + name + " not found");
        }
        return found.orElse(Map.of());
    }

    private static Optional<String> key(
            String kind, Optional<Map<String, String>> found, String name, String key, @Nullable Boolean optional)
            throws StartException {
        var value = Optional.ofNullable(present(kind, found, name, optional).get(key));
        if (value.isEmpty() && !Boolean.TRUE.equals(optional)) {
            throw configError("couldn't find key " + key + " in " + kind + " " + name);
        }
        return value;
    }

    private Optional<Map<String, String>> configMap(String name) {
        return Optional.ofNullable(client.configMaps()
                        .inNamespace(namespace())
                        .withName(name)
                        .get())
                .map(found -> found.getData());
    }

    private Optional<Map<String, String>> secret(String name) {
        UnaryOperator<String> decode = value -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
        return Optional.ofNullable(
                        client.secrets().inNamespace(namespace()).withName(name).get())
                .map(found -> {
                    Map<String, String> data = new HashMap<>();
                    found.getData().forEach((key, value) -> data.put(key, decode.apply(value)));
                    return data;
                });
    }

    private String namespace() {
        return fields.pod().getMetadata().getNamespace();
    }

    private static StartException configError(String message) {
        return new StartException("CreateContainerConfigError", message);
    }
}
