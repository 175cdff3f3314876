package dev.secureprediction.policy.codec;

import dev.secureprediction.policy.model.Guardrail;
import java.util.List;
import java.util.regex.Pattern;

/** What a bundle's guardrails must hold to be run. */
final class GuardrailRules {

    /** An environment's and a contract's together. */
    private static final int MAX_GUARDRAILS = 32;

    private static final long MAX_MILLISECONDS = 30_000;
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9](?:[-a-z0-9]*[a-z0-9])?");
    private static final Pattern TEMPLATE =
            Pattern.compile("projects/[a-z0-9:.-]+/locations/[a-z0-9-]+/templates/[A-Za-z0-9_-]+");

    private GuardrailRules() {}

    static void check(String pointer, List<Guardrail> guardrails) {
        Check.size(pointer, guardrails, 0, MAX_GUARDRAILS);
        for (int i = 0; i < guardrails.size(); i++) {
            check(pointer + "/" + i, guardrails.get(i));
        }
        Check.unique(pointer, guardrails, guardrail -> guardrail.name() + guardrail.required(), "/name");
    }

    private static void check(String pointer, Guardrail guardrail) {
        Check.matches(pointer + "/name", guardrail.name(), 63, DNS_LABEL, "a DNS label (RFC 1123); rename it");
        Check.size(pointer + "/stages", guardrail.stages(), 1, 2);
        Check.unique(pointer + "/stages", guardrail.stages(), stage -> stage, "");
        String check = pointer + "/check";
        switch (guardrail.check()) {
            case Guardrail.DenyPatterns deny -> PatternRules.check(check, deny, guardrail.stages());
            case Guardrail.SensitiveData data -> PatternRules.checkKinds(check + "/kinds", data.kinds(), 1);
            case Guardrail.ModelArmor armor -> {
                Urls.checkAuthority(check + "/authority", armor.authority());
                Check.matches(
                        check + "/template",
                        armor.template(),
                        512,
                        TEMPLATE,
                        "projects/P/locations/L/templates/T; correct it");
            }
            case Guardrail.Webhook webhook -> {
                Urls.checkHttps(check + "/url", webhook.url());
                Check.range(check + "/timeoutMilliseconds", webhook.timeoutMilliseconds(), 1, MAX_MILLISECONDS);
            }
        }
    }
}
