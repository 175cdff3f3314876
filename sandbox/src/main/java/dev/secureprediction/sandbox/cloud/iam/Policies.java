package dev.secureprediction.sandbox.cloud.iam;

import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import com.google.protobuf.ByteString;
import dev.secureprediction.sandbox.cloud.error.GoogleErrors;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The policy of each resource; a resource that was given none has an empty one. */
public final class Policies {
    /** What an unset policy reads back as; base64 of it is `ACAB`. */
    private static final Policy UNSET = Policy.newBuilder()
            .setEtag(ByteString.copyFrom(new byte[] {0, 0x20, 0x01}))
            .build();

    private record Version(Policy policy, Instant seenFrom) {}

    private final InstantSource clock;
    private final Supplier<Duration> propagation;
    private final PolicyRules rules;
    private final UnaryOperator<String> canonical;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, List<Version>> history = new HashMap<>();

    /**
     * No policies yet.
     *
     * @param propagation how long after a change the check of calls still sees the policy before it
     * @param canonical the name that a resource's policy is kept under
     */
    Policies(InstantSource clock, Supplier<Duration> propagation, PolicyRules rules, UnaryOperator<String> canonical) {
        this.clock = clock;
        this.propagation = propagation;
        this.rules = rules;
        this.canonical = canonical;
    }

    /** The policy as a caller reads it who asked for this version (0, 1 or 3). */
    public synchronized Policy read(String resource, int requestedVersion) {
        return PolicyRules.shown(current(resource), requestedVersion);
    }

    /** The policy as it is. */
    public synchronized Policy current(String resource) {
        List<Version> versions = history.getOrDefault(canonical.apply(resource), List.of());
        return versions.isEmpty() ? UNSET : versions.getLast().policy();
    }

    /**
     * Replaces the policy.
     *
     * @throws io.grpc.StatusRuntimeException ABORTED for a stale etag, INVALID_ARGUMENT for a policy that cannot be;
     *     without an etag it overwrites blindly
     */
    public synchronized Policy write(String resource, Policy wanted) {
        if (!wanted.getEtag().isEmpty()
                && !wanted.getEtag().equals(current(resource).getEtag())) {
            throw GoogleErrors.concurrentPolicyChange();
        }
        rules.check(wanted);
        return store(resource, PolicyRules.normalised(wanted));
    }

    /** Adds a member, as somebody does with gcloud. */
    public synchronized Policy grant(String resource, String role, String member) {
        Policy policy = current(resource);
        return write(
                resource,
                policy.toBuilder()
                        .addBindings(Binding.newBuilder().setRole(role).addMembers(member))
                        .build());
    }

    /** Adds a conditional binding. */
    public synchronized Policy grant(String resource, Binding binding) {
        return write(
                resource,
                current(resource).toBuilder().setVersion(3).addBindings(binding).build());
    }

    /** Removes a member from a role, as somebody does with gcloud; from its conditional bindings too. */
    public synchronized Policy revoke(String resource, String role, String member) {
        return rewrite(resource, binding -> binding.getRole().equals(role) ? without(binding, member) : binding);
    }

    /** The roles whose members a new policy would change. */
    public synchronized Set<String> modifiedRoles(String resource, Policy wanted) {
        return PolicyRules.modifiedRoles(current(resource), PolicyRules.normalised(wanted));
    }

    /** The policy that calls are checked against at this moment. */
    synchronized Policy enforced(String resource) {
        Instant now = clock.instant();
        Policy seen = UNSET;
        for (Version version : history.getOrDefault(canonical.apply(resource), List.of())) {
            if (!version.seenFrom().isAfter(now)) {
                seen = version.policy();
            }
        }
        return seen;
    }

    /** Forgets the policy of a resource that is gone. */
    public synchronized void forget(String resource) {
        history.remove(canonical.apply(resource));
    }

    /** Renames a member wherever it stands, as when a service account is deleted. */
    synchronized void rename(String member, String next) {
        for (String resource : List.copyOf(history.keySet())) {
            boolean holds = current(resource).getBindingsList().stream()
                    .anyMatch(binding -> binding.getMembersList().contains(member));
            if (holds) {
                rewrite(
                        resource,
                        binding -> binding.getMembersList().contains(member)
                                ? without(binding, member).toBuilder()
                                        .addMembers(next)
                                        .build()
                                : binding);
            }
        }
    }

    private Policy rewrite(String resource, Function<Binding, Binding> change) {
        Policy.Builder next = current(resource).toBuilder().clearBindings();
        current(resource).getBindingsList().forEach(binding -> next.addBindings(change.apply(binding)));
        return store(resource, PolicyRules.normalised(next.build()));
    }

    private Policy store(String resource, Policy policy) {
        byte[] etag = new byte[8];
        random.nextBytes(etag);
        Policy kept = policy.toBuilder().setEtag(ByteString.copyFrom(etag)).build();
        Instant now = clock.instant();
        List<Version> versions = history.computeIfAbsent(canonical.apply(resource), r -> new ArrayList<>());
        // of what is seen already only the last matters
        while (versions.size() > 1 && !versions.get(1).seenFrom().isAfter(now)) {
            versions.removeFirst();
        }
        versions.add(new Version(kept, now.plus(propagation.get())));
        return kept;
    }

    private static Binding without(Binding binding, String member) {
        return binding.toBuilder()
                .clearMembers()
                .addAllMembers(binding.getMembersList().stream()
                        .filter(m -> !m.equals(member))
                        .toList())
                .build();
    }
}
