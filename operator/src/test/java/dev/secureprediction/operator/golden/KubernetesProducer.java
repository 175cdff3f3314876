package dev.secureprediction.operator.golden;

import dev.secureprediction.operator.render.GatewayManifest;
import dev.secureprediction.operator.render.Peers;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Locale;

/** The gateway's Kubernetes objects: {@code out-kubernetes-<kind in lower case>.yaml}. */
final class KubernetesProducer implements Producer {

    private static final String PREFIX = "out-kubernetes-";
    private static final String SUFFIX = ".yaml";
    private static final Peers PEERS = new Peers("secure-prediction-system", "monitoring");

    @Override
    public boolean makes(String file) {
        return file.startsWith(PREFIX) && file.endsWith(SUFFIX);
    }

    @Override
    public String produce(Scenario scenario, String file) {
        String kind = file.substring(PREFIX.length(), file.length() - SUFFIX.length());
        HasMetadata object = GatewayManifest.of(Producers.state(scenario), PEERS).stream()
                .filter(rendered -> rendered.getKind().toLowerCase(Locale.ROOT).equals(kind))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no object of kind " + kind + " is rendered"));
        return Yaml.write(object);
    }
}
