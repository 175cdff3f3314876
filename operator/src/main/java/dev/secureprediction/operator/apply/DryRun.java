package dev.secureprediction.operator.apply;

import dev.secureprediction.operator.cloud.Difference;
import dev.secureprediction.operator.diff.ObjectDifference;
import dev.secureprediction.operator.plan.DesiredState;
import dev.secureprediction.operator.render.GatewayManifest;
import dev.secureprediction.operator.render.Labels;
import dev.secureprediction.operator.render.Peers;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What applying a gateway would change in the cluster, by the API server's own dry run: its defaults and its admission
 * count, nothing is stored.
 */
public final class DryRun {

    private static final PatchContext CONTEXT = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(Labels.OPERATOR)
            .withForce(true)
            .withDryRun(List.of("All"))
            .build();

    private final KubernetesClient client;
    private final Peers peers;

    public DryRun(KubernetesClient client, Peers peers) {
        this.client = client;
        this.peers = peers;
    }

    /**
     * What it found.
     *
     * @param differences what would be changed
     * @param refusals what the API server would not take
     */
    public record Found(List<Difference> differences, List<String> refusals) {

        public Found {
            differences = List.copyOf(differences);
            refusals = List.copyOf(refusals);
        }
    }

    /** Runs. Certificates and what was admitted are not part of it: they follow by themselves. */
    public Found of(DesiredState state) {
        List<Difference> differences = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        for (HasMetadata wanted : GatewayManifest.of(state, peers)) {
            try {
                difference(wanted).ifPresent(differences::add);
            } catch (KubernetesClientException e) {
                refusals.add(wanted.getKind() + "/" + wanted.getMetadata().getName() + ": "
                        + Optional.ofNullable(e.getStatus().getMessage()).orElse("the API server did not answer"));
            }
        }
        return new Found(differences, refusals);
    }

    private Optional<Difference> difference(HasMetadata wanted) {
        HasMetadata found = client.resource(wanted).get();
        HasMetadata applied = client.resource(wanted).patch(CONTEXT);
        if (found == null) {
            return Optional.of(ObjectDifference.missing(wanted));
        }
        strip(found.getMetadata());
        strip(Objects.requireNonNull(applied).getMetadata());
        return applied.equals(found) ? Optional.empty() : Optional.of(ObjectDifference.of(applied, found));
    }

    /** What the server counts itself is no difference. */
    private static void strip(ObjectMeta metadata) {
        metadata.setManagedFields(List.of());
        metadata.setResourceVersion(null);
        metadata.setGeneration(null);
    }
}
