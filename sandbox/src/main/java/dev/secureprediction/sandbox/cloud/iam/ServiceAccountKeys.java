package dev.secureprediction.sandbox.cloud.iam;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.iam.admin.v1.ListServiceAccountKeysRequest.KeyType;
import com.google.iam.admin.v1.ServiceAccount;
import com.google.iam.admin.v1.ServiceAccountKey;
import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;
import dev.secureprediction.sandbox.cloud.error.GoogleErrors;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keys of service accounts: metadata only, since nothing here takes a key as a credential. */
public final class ServiceAccountKeys {
    private static final int LIMIT = 10;

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, List<ServiceAccountKey>> byUniqueId = new ConcurrentHashMap<>();

    public ServiceAccountKeys(InstantSource clock) {
        this.clock = clock;
    }

    /** Google's own key, which every account has, and the ones that people made. */
    public synchronized List<ServiceAccountKey> list(ServiceAccount account, List<KeyType> types) {
        List<ServiceAccountKey> all = new ArrayList<>();
        all.add(key(account, "f".repeat(40), KeyType.SYSTEM_MANAGED));
        all.addAll(byUniqueId.getOrDefault(account.getUniqueId(), List.of()));
        return all.stream()
                .filter(key -> types.isEmpty() || types.contains(key.getKeyType()))
                .toList();
    }

    public synchronized ServiceAccountKey create(ServiceAccount account) {
        List<ServiceAccountKey> keys = byUniqueId.computeIfAbsent(account.getUniqueId(), id -> new ArrayList<>());
        if (keys.size() >= LIMIT) {
            throw GoogleErrors.failedPrecondition("Precondition check failed: an account has at most 10 keys.");
        }
        byte[] id = new byte[20];
        random.nextBytes(id);
        ServiceAccountKey key = key(account, HexFormat.of().formatHex(id), KeyType.USER_MANAGED);
        keys.add(key);
        return key.toBuilder()
                .setPrivateKeyData(ByteString.copyFrom("{\"type\":\"service_account\"}", UTF_8))
                .build();
    }

    public synchronized void delete(ServiceAccount account, String name) {
        boolean found = byUniqueId
                .getOrDefault(account.getUniqueId(), new ArrayList<>())
                .removeIf(key -> key.getName().endsWith(name.substring(name.lastIndexOf('/'))));
        if (!found) {
            throw GoogleErrors.notFound("Service account key " + name + " does not exist.");
        }
    }

    private ServiceAccountKey key(ServiceAccount account, String id, KeyType type) {
        return ServiceAccountKey.newBuilder()
                .setName(account.getName() + "/keys/" + id)
                .setKeyType(type)
                .setValidAfterTime(Timestamps.fromMillis(clock.millis()))
                .build();
    }
}
