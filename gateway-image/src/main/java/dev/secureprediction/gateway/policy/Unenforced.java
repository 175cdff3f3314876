package dev.secureprediction.gateway.policy;

import dev.secureprediction.policy.model.AuditRules;
import dev.secureprediction.policy.model.PolicyBundle;
import java.util.ArrayList;
import java.util.List;

/** What a bundle may say that this gateway does not enforce: such a bundle is refused, not half obeyed. */
final class Unenforced {
    private Unenforced() {}

    /** Fields of this bundle that nothing here enforces. */
    static List<String> in(PolicyBundle bundle) {
        List<String> fields = new ArrayList<>();
        note(fields, "audit.prompts", bundle.audit().prompts() != AuditRules.Prompts.None);
        note(fields, "audit.onFailure", bundle.audit().onFailure() != AuditRules.OnFailure.Refuse);
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
