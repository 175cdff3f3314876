package dev.secureprediction.operator.reconciler;

import dev.secureprediction.operator.api.v1alpha1.ApiGroup;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Which updates of our own resources matter: the spec, the begin of deletion, a finalizer that came or went, and our labels and
 * annotations, which the framework's own filter by generation would skip. Status does not, since we write it.
 */
final class EventFilters<R extends HasMetadata> implements OnUpdateFilter<R> {

    @Override
    public boolean accept(R now, R before) {
        return !Objects.equals(
                        now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
                || now.isMarkedForDeletion() != before.isMarkedForDeletion()
                || !Objects.equals(
                        now.getMetadata().getFinalizers(), before.getMetadata().getFinalizers())
                || !ours(now.getMetadata().getLabels())
                        .equals(ours(before.getMetadata().getLabels()))
                || !ours(now.getMetadata().getAnnotations())
                        .equals(ours(before.getMetadata().getAnnotations()));
    }

    private static Map<String, String> ours(Map<String, String> all) {
        var ours = new TreeMap<String, String>();
        if (all != null) {
            all.forEach((key, value) -> {
                if (key.startsWith(ApiGroup.NAME + "/")) {
                    ours.put(key, value);
                }
            });
        }
        return ours;
    }
}
