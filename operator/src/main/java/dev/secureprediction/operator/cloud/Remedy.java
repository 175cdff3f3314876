package dev.secureprediction.operator.cloud;

import java.util.Collection;
import java.util.List;

/** The line that a person runs to give what is missing. Pure text; nothing here runs anything. */
public final class Remedy {

    private static final String CUSTOM_ROLES = "/roles/";
    private static final String PROJECTS = "projects/";

    private Remedy() {}

    /**
     * Changes what a custom role holds.
     *
     * @param role full name
     * @param option `--add-permissions` or `--remove-permissions`
     */
    public static String roleUpdate(String role, String option, Collection<String> permissions) {
        int id = role.indexOf(CUSTOM_ROLES);
        String project = role.startsWith(PROJECTS) && id > 0 ? role.substring(PROJECTS.length(), id) : "PROJECT";
        return "gcloud iam roles update " + role.substring(role.lastIndexOf('/') + 1) + " --project " + project + " "
                + option + " " + String.join(",", permissions);
    }

    /** Gives the operator's account a permission by the role that the install page makes. */
    public static String operatorPermission(String project, String permission) {
        return roleUpdate(
                PROJECTS + project + "/roles/securePredictionOperator", "--add-permissions", List.of(permission));
    }

    /** Gives the operator's account permissions by the role that the install page makes. */
    public static String operatorPermissions(String project, Collection<String> permissions) {
        return roleUpdate(PROJECTS + project + "/roles/securePredictionOperator", "--add-permissions", permissions);
    }

    /** Lets the operator become an environment's account. */
    public static String impersonation(String account) {
        String project =
                account.substring(account.indexOf('@') + 1).replaceFirst("\\.iam\\.gserviceaccount\\.com$", "");
        return "gcloud iam service-accounts add-iam-policy-binding " + account + " --project " + project
                + " --role roles/iam.serviceAccountTokenCreator --member serviceAccount:OPERATOR";
    }
}
