package dev.secureprediction.sandbox.cloud.iam;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Google's own roles, so far as they matter here: what each permits of the permissions that this cloud checks. */
final class PredefinedRoles {
    private static final Set<String> USING_ACCOUNTS = Set.of(
            "iam.serviceAccounts.get",
            "iam.serviceAccounts.list",
            "iam.serviceAccounts.getAccessToken",
            "iam.serviceAccounts.getOpenIdToken");
    private static final Set<String> AIPLATFORM_POLICIES =
            Set.of("aiplatform.endpoints.getIamPolicy", "aiplatform.endpoints.setIamPolicy");
    private static final Set<String> PROJECT_POLICY = Set.of(
            "resourcemanager.projects.get",
            "resourcemanager.projects.getIamPolicy",
            "resourcemanager.projects.setIamPolicy");

    private static final Map<String, Predicate<String>> ROLES = Map.ofEntries(
            Map.entry("roles/owner", permission -> true),
            Map.entry(
                    "roles/editor",
                    permission -> !permission.endsWith("setIamPolicy") && !permission.endsWith(".getAccessToken")),
            Map.entry("roles/viewer", PredefinedRoles::reads),
            Map.entry("roles/browser", permission -> permission.startsWith("resourcemanager.") && reads(permission)),
            Map.entry(
                    "roles/aiplatform.admin",
                    permission ->
                            permission.startsWith("aiplatform.") || permission.equals("resourcemanager.projects.get")),
            Map.entry(
                    "roles/aiplatform.user",
                    permission -> permission.startsWith("aiplatform.") && !AIPLATFORM_POLICIES.contains(permission)),
            Map.entry(
                    "roles/aiplatform.viewer", permission -> permission.startsWith("aiplatform.") && reads(permission)),
            Map.entry("roles/iam.workloadIdentityUser", USING_ACCOUNTS::contains),
            Map.entry(
                    "roles/iam.serviceAccountTokenCreator",
                    permission -> USING_ACCOUNTS.contains(permission)
                            || permission.equals("iam.serviceAccounts.implicitDelegation")
                            || permission.startsWith("iam.serviceAccounts.sign")),
            Map.entry(
                    "roles/iam.serviceAccountUser",
                    permission -> permission.equals("iam.serviceAccounts.actAs")
                            || permission.equals("iam.serviceAccounts.get")
                            || permission.equals("iam.serviceAccounts.list")),
            Map.entry(
                    "roles/iam.serviceAccountAdmin",
                    permission -> permission.startsWith("iam.serviceAccounts.")
                            && !permission.contains(".getAccessToken")
                            && !permission.contains(".getOpenIdToken")
                            && !permission.contains(".sign")
                            && !permission.endsWith(".actAs")),
            Map.entry(
                    "roles/iam.serviceAccountKeyAdmin", permission -> permission.startsWith("iam.serviceAccountKeys.")),
            Map.entry(
                    "roles/iam.workloadIdentityPoolAdmin",
                    permission -> permission.startsWith("iam.workloadIdentityPool")),
            Map.entry("roles/iam.roleAdmin", permission -> permission.startsWith("iam.roles.")),
            Map.entry("roles/iam.roleViewer", permission -> permission.startsWith("iam.roles.") && reads(permission)),
            Map.entry(
                    "roles/iam.securityReviewer",
                    permission -> permission.endsWith(".getIamPolicy") || reads(permission)),
            Map.entry(
                    "roles/modelarmor.user", permission -> permission.startsWith("modelarmor.templates.useToSanitize")),
            Map.entry("roles/logging.viewAccessor", permission -> permission.equals("logging.views.access")),
            Map.entry("roles/resourcemanager.projectIamAdmin", PROJECT_POLICY::contains));

    private PredefinedRoles() {}

    static Optional<Predicate<String>> permissions(String role) {
        return Optional.ofNullable(ROLES.get(role));
    }

    private static boolean reads(String permission) {
        return permission.endsWith(".get") || permission.endsWith(".list");
    }
}
