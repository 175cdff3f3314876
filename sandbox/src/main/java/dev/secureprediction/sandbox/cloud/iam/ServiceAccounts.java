package dev.secureprediction.sandbox.cloud.iam;

import com.google.iam.admin.v1.ServiceAccount;
import com.google.protobuf.FieldMask;
import com.google.protobuf.util.FieldMaskUtil;
import dev.secureprediction.sandbox.cloud.error.GoogleErrors;
import io.grpc.StatusRuntimeException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Service accounts. A deleted one can be had back for 30 days; one made anew under its e-mail has another unique id, and
 * none of the grants.
 */
public final class ServiceAccounts {
    private static final Pattern ACCOUNT_ID = Pattern.compile("[a-z]([-a-z0-9]{4,28}[a-z0-9])");
    private static final Duration UNDELETE_WINDOW = Duration.ofDays(30);

    private record Deleted(ServiceAccount account, Instant at) {}

    private final InstantSource clock;
    private final Projects projects;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, ServiceAccount> byEmail = new HashMap<>();
    private final Map<String, Deleted> deletedByUniqueId = new HashMap<>();

    public ServiceAccounts(InstantSource clock, Projects projects) {
        this.clock = clock;
        this.projects = projects;
    }

    public synchronized ServiceAccount create(String parent, String accountId, ServiceAccount content) {
        if (!ACCOUNT_ID.matcher(accountId).matches()) {
            throw GoogleErrors.invalid("Invalid account_id: " + accountId
                    + ". It must be 6 to 30 characters long and match [a-z]([-a-z0-9]*[a-z0-9]).");
        }
        String project = projects.id(parent.substring(parent.indexOf('/') + 1));
        String email = accountId + "@" + project + ".iam.gserviceaccount.com";
        if (byEmail.containsKey(email)) {
            throw GoogleErrors.alreadyExists(
                    "Service account " + accountId + " already exists within project projects/" + project + ".");
        }
        if (content.getDisplayName().length() > 100) {
            throw GoogleErrors.invalid("display_name: at most 100 characters");
        }
        String uniqueId = "1" + String.format("%020d", random.nextLong(Long.MAX_VALUE));
        return store(ServiceAccount.newBuilder()
                .setName("projects/" + project + "/serviceAccounts/" + email)
                .setProjectId(project)
                .setUniqueId(uniqueId)
                .setOauth2ClientId(uniqueId)
                .setEmail(email)
                .setDisplayName(content.getDisplayName())
                .setDescription(content.getDescription())
                .build());
    }

    /** The account of a resource name (project `-` allowed; e-mail or unique id), unless deleted. */
    public synchronized Optional<ServiceAccount> find(String name) {
        String key = name.substring(name.lastIndexOf('/') + 1);
        return byEmail.values().stream()
                .filter(account ->
                        account.getEmail().equals(key) || account.getUniqueId().equals(key))
                .filter(account -> name.startsWith("projects/-/")
                        || projects.withId(name).startsWith("projects/" + account.getProjectId() + "/"))
                .findFirst();
    }

    public synchronized ServiceAccount get(String name) {
        return find(name).orElseThrow(() -> missing(name));
    }

    public synchronized List<ServiceAccount> list(String parent) {
        String prefix = projects.withId(parent) + "/";
        return byEmail.values().stream()
                .filter(account -> account.getName().startsWith(prefix))
                .sorted(Comparator.comparing(ServiceAccount::getName))
                .toList();
    }

    /** Changes display name and description, whichever the mask names. */
    public synchronized ServiceAccount patch(ServiceAccount wanted, FieldMask mask) {
        ServiceAccount.Builder next = get(wanted.getName()).toBuilder();
        for (String path : mask.getPathsList()) {
            if (!path.equals("display_name") && !path.equals("description")) {
                throw GoogleErrors.invalid("update_mask: " + path + " cannot be changed");
            }
        }
        FieldMaskUtil.merge(mask, wanted, next);
        return store(next.build());
    }

    public synchronized ServiceAccount disabled(String name, boolean disabled) {
        return store(get(name).toBuilder().setDisabled(disabled).build());
    }

    synchronized ServiceAccount delete(String name) {
        ServiceAccount account = get(name);
        byEmail.remove(account.getEmail());
        deletedByUniqueId.put(account.getUniqueId(), new Deleted(account, clock.instant()));
        return account;
    }

    /** Brings back a deleted account; its name must end with the unique id. */
    synchronized ServiceAccount undelete(String name) {
        String uniqueId = name.substring(name.lastIndexOf('/') + 1);
        Instant since = clock.instant().minus(UNDELETE_WINDOW);
        deletedByUniqueId.values().removeIf(deleted -> deleted.at().isBefore(since));
        Deleted deleted = deletedByUniqueId.get(uniqueId);
        if (deleted == null) {
            throw missing(name);
        }
        if (byEmail.containsKey(deleted.account().getEmail())) {
            throw GoogleErrors.failedPrecondition(
                    "A service account named " + deleted.account().getEmail() + " exists already.");
        }
        deletedByUniqueId.remove(uniqueId);
        return store(deleted.account());
    }

    private ServiceAccount store(ServiceAccount account) {
        byEmail.put(account.getEmail(), account);
        return account;
    }

    private static StatusRuntimeException missing(String name) {
        return GoogleErrors.notFound("Unknown service account: " + name);
    }
}
