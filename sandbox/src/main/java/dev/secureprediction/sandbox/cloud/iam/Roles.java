package dev.secureprediction.sandbox.cloud.iam;

import com.google.iam.admin.v1.Role;
import com.google.protobuf.ByteString;
import com.google.protobuf.FieldMask;
import com.google.protobuf.util.FieldMaskUtil;
import dev.secureprediction.sandbox.cloud.error.GoogleErrors;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Custom roles of projects (`projects/P/roles/R`): soft delete for seven days, an etag against lost updates. */
public final class Roles {
    private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_.]{3,64}");
    private static final Duration UNDELETE_WINDOW = Duration.ofDays(7);

    private record Stored(Role role, Optional<Instant> deletedAt) {}

    private final InstantSource clock;
    private final Projects projects;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Stored> roles = new ConcurrentHashMap<>();

    public Roles(InstantSource clock, Projects projects) {
        this.clock = clock;
        this.projects = projects;
    }

    /** Creates a role; its id has no hyphen, and stays taken while the role is deleted. */
    public synchronized Role create(String parent, String id, Role content) {
        if (!ID.matcher(id).matches()) {
            throw GoogleErrors.invalid("The role_id, " + id + ", is not of the form [a-zA-Z0-9_.]{3,64}.");
        }
        String name = projects.withId(parent) + "/roles/" + id;
        purge();
        if (roles.containsKey(name)) {
            throw GoogleErrors.alreadyExists("A role named " + id + " in " + parent + " already exists.");
        }
        requireKnownForm(content);
        return store(content.toBuilder().setName(name).setDeleted(false).build(), Optional.empty());
    }

    /** A role, also a deleted one. */
    public synchronized Role get(String name) {
        return stored(name).role();
    }

    public synchronized List<Role> list(String parent, boolean showDeleted) {
        purge();
        String prefix = projects.withId(parent) + "/roles/";
        return roles.values().stream()
                .map(Stored::role)
                .filter(role -> role.getName().startsWith(prefix) && (showDeleted || !role.getDeleted()))
                .sorted(Comparator.comparing(Role::getName))
                .toList();
    }

    /** Changes the fields of the mask, all of them when it is empty. */
    public synchronized Role update(String name, Role wanted, FieldMask mask) {
        Stored stored = stored(name);
        requireEtag(stored, wanted.getEtag());
        FieldMask fields = mask.getPathsCount() == 0
                ? FieldMaskUtil.fromString("title,description,included_permissions,stage")
                : mask;
        Role.Builder next = stored.role().toBuilder();
        FieldMaskUtil.merge(fields, wanted, next, new FieldMaskUtil.MergeOptions().setReplaceRepeatedFields(true));
        requireKnownForm(next.build());
        return store(next.setName(stored.role().getName()).build(), stored.deletedAt());
    }

    public synchronized Role delete(String name, ByteString etag) {
        Stored stored = stored(name);
        requireEtag(stored, etag);
        return store(stored.role().toBuilder().setDeleted(true).build(), Optional.of(clock.instant()));
    }

    public synchronized Role undelete(String name, ByteString etag) {
        Stored stored = stored(name);
        requireEtag(stored, etag);
        return store(stored.role().toBuilder().setDeleted(false).build(), Optional.empty());
    }

    /** Whether a role, Google's own or a custom one that is neither deleted nor disabled, holds a permission. */
    synchronized boolean permits(String role, String permission) {
        var predefined = PredefinedRoles.permissions(role);
        if (predefined.isPresent()) {
            return predefined.get().test(permission);
        }
        Stored custom = roles.get(role);
        return custom != null
                && !custom.role().getDeleted()
                && custom.role().getStage() != Role.RoleLaunchStage.DISABLED
                && custom.role().getIncludedPermissionsList().contains(permission);
    }

    /** Whether a policy may name this role. */
    synchronized boolean grantable(String role) {
        return PredefinedRoles.permissions(role).isPresent() || roles.containsKey(role);
    }

    private Stored stored(String name) {
        purge();
        Stored stored = roles.get(projects.withId(name));
        if (stored == null) {
            throw GoogleErrors.notFound("The role named " + name + " was not found.");
        }
        return stored;
    }

    private Role store(Role role, Optional<Instant> deletedAt) {
        byte[] etag = new byte[8];
        random.nextBytes(etag);
        Role kept = role.toBuilder().setEtag(ByteString.copyFrom(etag)).build();
        roles.put(kept.getName(), new Stored(kept, deletedAt));
        return kept;
    }

    private void purge() {
        Instant since = clock.instant().minus(UNDELETE_WINDOW);
        roles.values()
                .removeIf(stored -> stored.deletedAt().filter(since::isAfter).isPresent());
    }

    private static void requireEtag(Stored stored, ByteString etag) {
        if (!etag.isEmpty() && !etag.equals(stored.role().getEtag())) {
            throw GoogleErrors.concurrentPolicyChange();
        }
    }

    private static void requireKnownForm(Role role) {
        for (String permission : role.getIncludedPermissionsList()) {
            if (permission.split("\\.", -1).length < 3) {
                throw GoogleErrors.invalid("Permission " + permission + " is not valid.");
            }
        }
    }
}
