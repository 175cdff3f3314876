package dev.secureprediction.operator.cloud.google;

import com.google.iam.admin.v1.ListServiceAccountKeysRequest;
import com.google.iam.admin.v1.ListServiceAccountKeysRequest.KeyType;
import com.google.iam.admin.v1.ServiceAccountKey;
import dev.secureprediction.operator.cloud.CloudException;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.InvokerRole;
import dev.secureprediction.operator.cloud.ObservedAccess;
import dev.secureprediction.operator.cloud.ObservedAccess.Held;
import dev.secureprediction.operator.cloud.ObservedPolicy;
import dev.secureprediction.operator.cloud.ObservedServiceAccount;
import dev.secureprediction.operator.cloud.PolicyTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Looks for what an account can do beside its grant. What may not be read is said, and fails nothing. */
final class AccessReader {

    private final GoogleClients clients;
    private final CloudReader reader;
    private final List<String> unread = new ArrayList<>();

    AccessReader(GoogleClients clients, CloudReader reader) {
        this.clients = clients;
        this.reader = reader;
    }

    ObservedAccess read(DesiredCloud desired, ObservedServiceAccount account, ObservedPolicy grantPolicy) {
        if (!(account instanceof ObservedServiceAccount.Present present)) {
            return ObservedAccess.NONE;
        }
        List<Held> elsewhere = elsewhere(desired);
        Set<String> roles = new TreeSet<>();
        Stream.concat(elsewhere.stream().map(Held::binding), grantPolicy.bindings().stream())
                .filter(binding -> binding.member().equals(desired.accountMember()))
                .filter(binding -> !binding.role().equals(desired.invokerRole()))
                .filter(binding -> !(desired.screens() && binding.equals(desired.screeningBinding())))
                .forEach(binding -> roles.add(binding.role()));
        return new ObservedAccess(elsewhere, permissions(roles), keys(present.email()), unread);
    }

    /** The environment's own project, where the account lives, unless the grant itself stands there. */
    private List<Held> elsewhere(DesiredCloud desired) {
        PolicyTarget project = new PolicyTarget.OnProject(desired.scope().project());
        if (project.equals(desired.grantTarget())) {
            return List.of();
        }
        try {
            return reader
                    .policy(project, binding -> binding.member().equals(desired.accountMember()))
                    .bindings()
                    .stream()
                    .map(binding -> new Held(project, binding))
                    .toList();
        } catch (CloudException.Denied e) {
            unread.add("bindings on " + project.display() + ": " + e.permission() + " is missing");
            return List.of();
        }
    }

    private Map<String, Set<String>> permissions(Set<String> roles) {
        Map<String, Set<String>> found = new TreeMap<>();
        for (String role : roles) {
            try {
                if (reader.role(role) instanceof InvokerRole.Present present) {
                    found.put(role, present.permissions());
                }
            } catch (CloudException.Denied | CloudException.Invalid e) {
                unread.add("what " + role + " holds");
            }
        }
        return found;
    }

    private List<String> keys(String email) {
        String name = clients.names().account(email);
        ListServiceAccountKeysRequest request = ListServiceAccountKeysRequest.newBuilder()
                .setName(name)
                .addKeyTypes(KeyType.USER_MANAGED)
                .build();
        try {
            return GoogleErrors.reading(
                            clients.scope(),
                            name,
                            () -> clients.iam().listServiceAccountKeys(request).getKeysList())
                    .orElse(List.of())
                    .stream()
                    .map(ServiceAccountKey::getName)
                    .sorted()
                    .toList();
        } catch (CloudException.Denied e) {
            unread.add("keys of the account: " + e.permission() + " is missing");
            return List.of();
        }
    }
}
