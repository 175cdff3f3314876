package dev.secureprediction.operator.permission;

import dev.secureprediction.policy.model.Surface;
import dev.secureprediction.policy.permission.GatewayPermissions;
import dev.secureprediction.policy.permission.GatewayPermissions.ModelKind;
import dev.secureprediction.policy.permission.GatewayPermissions.Question;
import java.util.List;
import java.util.stream.Collectors;

/** The page `docs/reference/permissions.md`, from the tables that gateway and operator themselves use. */
public final class PermissionsReference {

    private static final String HEAD = """
            # Permissions in Google Cloud

            Generated from `GatewayPermissions` and `OperatorFeature`; a test fails when this page is stale.

            ## What a gateway's account needs

            The invoker role holds exactly this, and is bound on the narrowest resource that Google knows for the kind of model.

            | surface | model on an endpoint | publisher model |
            | --- | --- | --- |
            """;

    private static final String TRIPWIRES = """

            ## What a gateway asks about itself

            Each gateway calls `testIamPermissions` as itself, once a minute and sooner while something is missing. A tripwire that it
            holds is `IdentityReady=False/ExcessPermission`: that answer counts what is inherited from folders, the organisation and
            groups, which the operator cannot read.

            """;

    private static final String OPERATOR = """

            ## What the operator's account needs in an environment's project

            | feature | permissions |
            | --- | --- |
            """;

    private static final String BESIDE = """

            Beside that, the operator's own identity needs `iam.serviceAccounts.getAccessToken` on the environment's account, as
            `roles/iam.serviceAccountTokenCreator` gives it. `require.revokeExcess` takes away what others granted: on accounts and
            endpoints the permissions above are enough, on the project that needs `resourcemanager.projects.setIamPolicy` without
            the condition. A permission of `Keys` that is missing is named in `status.identity.unread`, and stops nothing.

            In a `publisherProject` of its own the account needs `iam.roles.get`, `resourcemanager.projects.getIamPolicy` and what
            `PublisherModels` needs.
            """;

    private PermissionsReference() {}

    /** The whole page. */
    public static String markdown() {
        StringBuilder page = new StringBuilder(HEAD);
        for (Surface surface : Surface.values()) {
            page.append("| `%s` | %s | %s |\n"
                    .formatted(
                            surface,
                            listed(GatewayPermissions.needed(surface, ModelKind.Endpoint)),
                            listed(GatewayPermissions.needed(surface, ModelKind.Publisher))));
        }
        page.append(TRIPWIRES).append("| model | asked on | must have | must not have |\n| --- | --- | --- | --- |\n");
        for (ModelKind kind : ModelKind.values()) {
            for (Question question : GatewayPermissions.questions(kind)) {
                page.append("| %s | %s | %s | %s |\n"
                        .formatted(kind, question.place(), listed(question.needed()), listed(question.tripwires())));
            }
        }
        page.append(OPERATOR);
        for (OperatorFeature feature : OperatorFeature.values()) {
            page.append("| `%s`: %s | %s |\n".formatted(feature, feature.meaning(), listed(feature.permissions())));
        }
        return page.append(BESIDE).toString();
    }

    private static String listed(List<String> permissions) {
        return permissions.isEmpty()
                ? "–"
                : permissions.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }
}
