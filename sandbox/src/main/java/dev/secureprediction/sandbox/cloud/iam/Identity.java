package dev.secureprediction.sandbox.cloud.iam;

import com.google.iam.admin.v1.ServiceAccount;
import dev.secureprediction.sandbox.cloud.error.GoogleErrors;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** Everything about who may do what, put together: what happens to one part when another changes is here. */
public final class Identity {
    private static final String MEMBER = "serviceAccount:";

    private final Projects projects;
    private final ServiceAccounts accounts;
    private final ServiceAccountKeys keys;
    private final Roles roles;
    private final Policies policies;
    private final Access access;
    private final AccessTokens tokens;
    private final TrustedPools pools = new TrustedPools();
    private final WorkloadPools workloadPools;
    private final TokenExchange exchange;

    /**
     * Nobody and nothing yet.
     *
     * @param propagation how long a changed policy takes to be enforced
     */
    public Identity(InstantSource clock, Projects projects, Supplier<Duration> propagation) {
        this.projects = projects;
        accounts = new ServiceAccounts(clock, projects);
        keys = new ServiceAccountKeys(clock);
        roles = new Roles(clock, projects);
        policies = new Policies(
                clock, propagation, new PolicyRules(roles::grantable, this::memberExists), this::canonical);
        access = new Access(clock, projects, roles, policies, this::canonical);
        tokens = new AccessTokens(clock);
        workloadPools = new WorkloadPools(projects, pools);
        exchange = new TokenExchange(clock, projects, pools);
    }

    public Projects projects() {
        return projects;
    }

    public ServiceAccounts accounts() {
        return accounts;
    }

    public ServiceAccountKeys keys() {
        return keys;
    }

    public Roles roles() {
        return roles;
    }

    public Policies policies() {
        return policies;
    }

    public Access access() {
        return access;
    }

    public AccessTokens tokens() {
        return tokens;
    }

    public TrustedPools pools() {
        return pools;
    }

    public WorkloadPools workloadPools() {
        return workloadPools;
    }

    public TokenExchange exchange() {
        return exchange;
    }

    /**
     * Whom a request's token stands for.
     *
     * @param authorization the Authorization header; empty when absent
     * @throws io.grpc.StatusRuntimeException UNAUTHENTICATED
     */
    public Principal authenticate(String authorization) {
        if (!authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            throw GoogleErrors.unauthenticated();
        }
        var token = tokens.find(authorization.substring(7).strip()).orElseThrow(GoogleErrors::unauthenticated);
        boolean alive = token.uniqueId().isEmpty()
                || accounts.find(
                                "projects/-/serviceAccounts/" + token.uniqueId().get())
                        .filter(account -> !account.getDisabled())
                        .isPresent();
        if (!alive) {
            throw GoogleErrors.unauthenticated();
        }
        return token.principal();
    }

    /**
     * A token for a member as a policy names it (`user:…`, `serviceAccount:…`).
     *
     * @throws IllegalArgumentException for a service account that does not exist
     */
    public AccessTokens.Minted mint(String member, Duration lifetime) {
        if (!member.startsWith(MEMBER) || member.endsWith("]")) {
            return tokens.mint(Principal.of(member), Optional.empty(), lifetime);
        }
        ServiceAccount account = accounts.find("projects/-/serviceAccounts/" + member.substring(MEMBER.length()))
                .orElseThrow(() -> new IllegalArgumentException("There is no " + member + " to make a token for"));
        return tokens.mint(Principal.serviceAccount(account.getEmail()), Optional.of(account.getUniqueId()), lifetime);
    }

    /** Deletes an account; grants to it stay behind under a name that no later account has. */
    public void deleteAccount(String name) {
        ServiceAccount account = accounts.delete(name);
        policies.rename(MEMBER + account.getEmail(), deletedMember(account));
    }

    public ServiceAccount undeleteAccount(String name) {
        ServiceAccount account = accounts.undelete(name);
        policies.rename(deletedMember(account), MEMBER + account.getEmail());
        return account;
    }

    /**
     * The name that a resource's policy is kept under. An account's holds its unique id, so that one made anew under its
     * e-mail does not inherit the policy.
     */
    private String canonical(String resource) {
        int account = resource.indexOf("/serviceAccounts/");
        if (account < 0) {
            return projects.withId(resource);
        }
        int keys = resource.indexOf("/keys", account);
        String name = keys < 0 ? resource : resource.substring(0, keys);
        return accounts.find(name)
                .map(found -> "projects/" + found.getProjectId() + "/serviceAccounts/" + found.getUniqueId())
                .orElseGet(() -> projects.withId(name));
    }

    private static String deletedMember(ServiceAccount account) {
        return "deleted:" + MEMBER + account.getEmail() + "?uid=" + account.getUniqueId();
    }

    private boolean memberExists(String member) {
        String account = member.substring(MEMBER.length());
        int bracket = account.indexOf('[');
        if (bracket < 0) {
            return accounts.find("projects/-/serviceAccounts/" + account).isPresent();
        }
        return account.substring(0, bracket).endsWith(".svc.id.goog")
                && projects.exists(account.substring(0, account.indexOf('.')));
    }
}
