package dev.secureprediction.sandbox.cloud.iam;

import com.nimbusds.jose.jwk.JWKSet;
import dev.secureprediction.sandbox.cloud.error.GoogleErrors;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Workload identity pools and their providers as REST shows them. A provider whose keys are given (`oidc.jwksJson`) is
 * trusted at once; one with an issuer alone is not, since nothing here fetches from it.
 */
public final class WorkloadPools {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{2,30}[a-z0-9]");

    private final Projects projects;
    private final TrustedPools trusted;
    private final Map<String, Map<String, Object>> byName = new TreeMap<>();

    WorkloadPools(Projects projects, TrustedPools trusted) {
        this.projects = projects;
        this.trusted = trusted;
    }

    /** Creates a pool or a provider: `…/workloadIdentityPools` or `…/workloadIdentityPools/P/providers` is the parent. */
    public synchronized Map<String, Object> create(String parent, String id, Map<String, Object> content) {
        if (!ID.matcher(id).matches()) {
            throw GoogleErrors.invalid("The id " + id + " must have 4 to 32 characters of [a-z0-9-].");
        }
        if (parent.endsWith("/providers")) {
            get(parent.substring(0, parent.length() - "/providers".length()));
        }
        String name = projects.withNumber(parent) + "/" + id;
        if (byName.containsKey(name)) {
            throw GoogleErrors.alreadyExists("Requested entity already exists: " + name);
        }
        trust(name, content);
        Map<String, Object> kept = new LinkedHashMap<>(content);
        kept.put("name", name);
        kept.put("state", "ACTIVE");
        byName.put(name, kept);
        return Map.copyOf(kept);
    }

    public synchronized Map<String, Object> get(String name) {
        Map<String, Object> found = byName.get(projects.withNumber(name));
        if (found == null) {
            throw GoogleErrors.notFound("Requested entity was not found: " + name);
        }
        return Map.copyOf(found);
    }

    /** What stands directly under a parent and is not deleted. */
    public synchronized List<Map<String, Object>> list(String parent) {
        String prefix = projects.withNumber(parent) + "/";
        return byName.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix)
                        && entry.getKey().indexOf('/', prefix.length()) < 0
                        && !"DELETED".equals(entry.getValue().get("state")))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Marks as deleted; the id stays taken, and tokens are refused from now on. */
    public synchronized Map<String, Object> delete(String name) {
        get(name);
        String full = projects.withNumber(name);
        trusted.distrust(full);
        byName.computeIfPresent(full, (n, old) -> {
            Map<String, Object> next = new LinkedHashMap<>(old);
            next.put("state", "DELETED");
            return next;
        });
        return get(name);
    }

    private void trust(String name, Map<String, Object> content) {
        if (content.get("oidc") instanceof Map<?, ?> oidc && oidc.get("jwksJson") instanceof String json) {
            try {
                JWKSet keys = JWKSet.parse(json);
                trusted.trust(name, String.valueOf(oidc.get("issuerUri")), () -> keys);
            } catch (ParseException e) {
                throw GoogleErrors.invalid("oidc.jwks_json: no valid key set");
            }
        }
    }
}
