package dev.secureprediction.gateway.policy;

import dev.secureprediction.policy.model.AuditRules;
import dev.secureprediction.policy.model.DataRules;
import dev.secureprediction.policy.model.PolicyBundle;
import java.util.ArrayList;
import java.util.List;

/** What a bundle may say that this gateway does not enforce: such a bundle is refused, not half obeyed. */
final class Unenforced {
    private Unenforced() {}

    /** Fields of this bundle that nothing here enforces. */
    static List<String> in(PolicyBundle bundle) {
        List<String> fields = new ArrayList<>();
        note(
                fields,
                "roles.limits.tokensPerMinute",
                bundle.roles().stream()
                        .flatMap(role -> role.limits().stream())
                        .anyMatch(limits -> limits.tokensPerMinute().isPresent()));
        note(
                fields,
                "roles.limits.maxOutputTokens",
                bundle.roles().stream()
                        .flatMap(role -> role.limits().stream())
                        .anyMatch(limits -> limits.maxOutputTokens().isPresent()));
        note(
                fields,
                "roles.data",
                bundle.roles().stream().anyMatch(role -> !role.data().equals(DataRules.PLAIN_CONTENT)));
        note(
                fields,
                "roles.route",
                bundle.roles().stream().anyMatch(role -> role.route().isPresent()));
        note(fields, "guardrails", !bundle.guardrails().isEmpty());
        note(fields, "response.cache", bundle.response().cache().isPresent());
        note(fields, "response.redact", !bundle.response().redact().isEmpty());
        note(fields, "response.fields", !bundle.response().fields().isEmpty());
        note(fields, "response.headers", !bundle.response().headers().isEmpty());
        note(fields, "audit.prompts", bundle.audit().prompts() != AuditRules.Prompts.None);
        note(fields, "audit.onFailure", bundle.audit().onFailure() != AuditRules.OnFailure.Refuse);
        note(fields, "gateway.onStoreFailure", bundle.gateway().onStoreFailure().isPresent());
        note(
                fields,
                "gateway.trustedProxies",
                !bundle.gateway().trustedProxies().isEmpty());
        note(fields, "gateway.corsOrigins", !bundle.gateway().corsOrigins().isEmpty());
        note(fields, "gateway.docs", bundle.gateway().docs());
        return fields;
    }

    private static void note(List<String> fields, String field, boolean said) {
        if (said) {
            fields.add(field);
        }
    }
}
