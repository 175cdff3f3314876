package dev.secureprediction.operator.apply;

import dev.secureprediction.operator.plan.EndpointKey;
import dev.secureprediction.operator.render.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is watched as compressed JSON, a fraction of what objects take, and makes an object again when one is asked for. A
 * round asks for a dozen, once in minutes; ten kinds of objects of every endpoint lie here all the time.
 */
final class PackedStore<R extends HasMetadata> implements ItemStore<R> {

    private static final int TYPICAL_BYTES = 2_048;

    private final Class<R> kind;
    private final KubernetesSerialization json;
    private final UnaryOperator<R> needed;
    private final Map<String, Packed> items = new ConcurrentHashMap<>();

    /** The bytes are compressed JSON, and nobody changes them. */
    private static final class Packed {
        private final byte[] bytes;
        private final Optional<EndpointKey> owner;

        private Packed(byte[] bytes, Optional<EndpointKey> owner) {
            this.bytes = bytes;
            this.owner = owner;
        }
    }

    /**
     * Without anything in it.
     *
     * @param needed leaves of an object what somebody reads
     */
    PackedStore(Class<R> kind, KubernetesSerialization json, UnaryOperator<R> needed) {
        this.kind = kind;
        this.json = json;
        this.needed = needed;
    }

    /** Whose gateways the objects belong to; unpacks none. */
    Stream<EndpointKey> owners() {
        return items.values().stream().flatMap(packed -> packed.owner.stream());
    }

    /** Those of a namespace whose names begin so; unpacks no others. */
    Stream<R> beginning(String namespace, String name) {
        var start = namespace + "/" + name;
        return items.entrySet().stream()
                .filter(item -> item.getKey().startsWith(start))
                .map(item -> unpack(item.getValue()));
    }

    @Override
    public String getKey(R object) {
        return TrimmedStore.key(object);
    }

    @Override
    public @Nullable R put(String key, R object) {
        return unpacked(items.put(key, packed(object)));
    }

    @Override
    public @Nullable R remove(String key) {
        return unpacked(items.remove(key));
    }

    @Override
    public Stream<String> keySet() {
        return items.keySet().stream();
    }

    @Override
    public Stream<R> values() {
        return items.values().stream().map(this::unpack);
    }

    @Override
    public int size() {
        return items.size();
    }

    @Override
    public @Nullable R get(String key) {
        return unpacked(items.get(key));
    }

    private @Nullable R unpacked(@Nullable Packed packed) {
        return packed == null ? null : unpack(packed);
    }

    private Packed packed(R object) {
        var bytes = new ByteArrayOutputStream(TYPICAL_BYTES);
        var deflater = new Deflater(Deflater.BEST_SPEED, true);
        try (var out = new DeflaterOutputStream(bytes, deflater)) {
            out.write(json.asJson(needed.apply(object)).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array in memory does not fail
        } finally {
            deflater.end();
        }
        return new Packed(bytes.toByteArray(), Labels.endpoint(object));
    }

    private R unpack(Packed packed) {
        var inflater = new Inflater(true);
        try (var in = new InflaterInputStream(new ByteArrayInputStream(packed.bytes), inflater)) {
            return json.unmarshal(in, kind);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            inflater.end();
        }
    }
}
