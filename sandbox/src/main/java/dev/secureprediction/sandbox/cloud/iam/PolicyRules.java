package dev.secureprediction.sandbox.cloud.iam;

import com.google.iam.v1.Binding;
import com.google.iam.v1.Policy;
import com.google.type.Expr;
import dev.secureprediction.sandbox.cloud.error.GoogleErrors;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What a policy may be, and how it is shown. */
final class PolicyRules {
    private static final String WITH_CONDITION = "_withcond_";

    private record Slot(String role, Expr condition) {}

    private final Predicate<String> roleExists;
    private final Predicate<String> memberExists;

    PolicyRules(Predicate<String> roleExists, Predicate<String> memberExists) {
        this.roleExists = roleExists;
        this.memberExists = memberExists;
    }

    void check(Policy policy) {
        for (Binding binding : policy.getBindingsList()) {
            if (binding.getRole().contains(WITH_CONDITION)) {
                throw GoogleErrors.invalid("Role " + binding.getRole()
                        + " stands for a conditional binding; read and write the policy with version 3.");
            }
            if (!roleExists.test(binding.getRole())) {
                throw GoogleErrors.invalid("Role " + binding.getRole() + " is not supported for this resource.");
            }
            if (binding.hasCondition() && policy.getVersion() != 3) {
                throw GoogleErrors.invalid("Conditional bindings need policy version 3; this policy says version "
                        + policy.getVersion() + ".");
            }
            binding.getMembersList().forEach(this::checkMember);
        }
    }

    private void checkMember(String member) {
        if (member.startsWith("serviceAccount:") && !memberExists.test(member)) {
            String account = member.substring("serviceAccount:".length());
            throw GoogleErrors.invalid(
                    account.contains("[")
                            ? "Identity Pool does not exist (" + account.substring(0, account.indexOf('['))
                                    + "). Please check that you specified a valid resource name as returned in the"
                                    + " `name` attribute in the configuration API."
                            : "Service account " + account + " does not exist.");
        }
        if (!member.contains(":") && !member.startsWith("all")) {
            throw GoogleErrors.invalid("The member " + member + " is of an unknown type. Please set a valid type"
                    + " prefix for the member.");
        }
    }

    /** One binding per role and condition, members once each, none empty. */
    static Policy normalised(Policy policy) {
        Map<Slot, Set<String>> members = new LinkedHashMap<>();
        for (Binding binding : policy.getBindingsList()) {
            members.computeIfAbsent(slot(binding), s -> new LinkedHashSet<>()).addAll(binding.getMembersList());
        }
        Policy.Builder next = policy.toBuilder().clearBindings();
        members.forEach((slot, who) -> {
            if (!who.isEmpty()) {
                next.addBindings(binding(slot, who));
            }
        });
        boolean conditional = next.getBindingsList().stream().anyMatch(Binding::hasCondition);
        return next.setVersion(conditional ? 3 : 1).build();
    }

    /** A version below 3 shows conditional bindings without their condition and under another role's name. */
    static Policy shown(Policy policy, int requestedVersion) {
        if (requestedVersion >= 3 || policy.getVersion() < 3) {
            return policy;
        }
        List<Binding> bindings = policy.getBindingsList().stream()
                .map(binding -> binding.hasCondition()
                        ? binding.toBuilder()
                                .setRole(binding.getRole()
                                        + WITH_CONDITION
                                        + Integer.toHexString(
                                                binding.getCondition().hashCode()))
                                .clearCondition()
                                .build()
                        : binding)
                .toList();
        return policy.toBuilder()
                .clearBindings()
                .addAllBindings(bindings)
                .setVersion(1)
                .build();
    }

    static Set<String> modifiedRoles(Policy before, Policy after) {
        Map<Slot, Set<String>> old = slots(before);
        Map<Slot, Set<String>> next = slots(after);
        Set<Slot> all = new LinkedHashSet<>(old.keySet());
        all.addAll(next.keySet());
        Set<String> modified = new TreeSet<>();
        for (Slot slot : all) {
            if (!old.getOrDefault(slot, Set.of()).equals(next.getOrDefault(slot, Set.of()))) {
                modified.add(slot.role());
            }
        }
        return modified;
    }

    private static Map<Slot, Set<String>> slots(Policy policy) {
        Map<Slot, Set<String>> slots = new LinkedHashMap<>();
        policy.getBindingsList().forEach(binding -> slots.put(slot(binding), Set.copyOf(binding.getMembersList())));
        return slots;
    }

    private static Slot slot(Binding binding) {
        return new Slot(binding.getRole(), binding.getCondition());
    }

    private static Binding binding(Slot slot, Set<String> members) {
        Binding.Builder binding = Binding.newBuilder().setRole(slot.role()).addAllMembers(members);
        return slot.condition().equals(Expr.getDefaultInstance())
                ? binding.build()
                : binding.setCondition(slot.condition()).build();
    }
}
