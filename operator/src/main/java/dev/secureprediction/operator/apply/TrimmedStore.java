package dev.secureprediction.operator.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps of what is watched only what somebody reads: of what everybody asks for all the time, so that it lies there ready. */
public final class TrimmedStore<R extends HasMetadata> implements ItemStore<R> {

    /** So many come at once when all are listed, so that a start takes no more memory than the rest of the time. */
    public static final long PAGE = 100;

    private final UnaryOperator<R> needed;
    private final Map<String, R> items = new ConcurrentHashMap<>();

    /**
     * Without anything in it.
     *
     * @param needed leaves of an object what somebody reads
     */
    public TrimmedStore(UnaryOperator<R> needed) {
        this.needed = needed;
    }

    /** All but who wrote which field. */
    public static <R extends HasMetadata> TrimmedStore<R> withoutManagers() {
        return new TrimmedStore<>(object -> {
            object.getMetadata().setManagedFields(List.of());
            return object;
        });
    }

    /** Name, version and labels alone, for an object that is made of them. */
    public static <R extends HasMetadata> R named(HasMetadata whole, R empty) {
        empty.setMetadata(new ObjectMetaBuilder(whole.getMetadata())
                .withManagedFields()
                .withAnnotations(Map.of()) // not null: the framework looks into them
                .build());
        return empty;
    }

    @Override
    public String getKey(R object) {
        return key(object);
    }

    static String key(HasMetadata object) {
        var meta = object.getMetadata();
        return meta.getNamespace() == null ? meta.getName() : meta.getNamespace() + "/" + meta.getName();
    }

    @Override
    public @Nullable R put(String key, R object) {
        return items.put(key, needed.apply(object));
    }

    @Override
    public @Nullable R remove(String key) {
        return items.remove(key);
    }

    @Override
    public Stream<String> keySet() {
        return items.keySet().stream();
    }

    @Override
    public Stream<R> values() {
        return items.values().stream();
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public @Nullable R get(String key) {
        return items.get(key);
    }
}
