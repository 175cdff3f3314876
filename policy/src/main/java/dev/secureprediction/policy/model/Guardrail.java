package dev.secureprediction.policy.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;

/**
 * A check of prompts or answers that may stop a call. The environment's stand first in a bundle.
 *
 * @param name shown in audit records; one of the environment and one of the contract may share it
 * @param required whether the environment asks for it
 * @param stages what is checked; never empty
 * @param onError what follows when the check itself fails
 * @param check the check
 */
public record Guardrail(String name, boolean required, List<GuardrailStage> stages, OnError onError, Check check) {

    public Guardrail {
        stages = List.copyOf(stages);
    }

    /** What is checked, and by whom. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = DenyPatterns.class, name = "DenyPatterns"),
        @JsonSubTypes.Type(value = SensitiveData.class, name = "SensitiveData"),
        @JsonSubTypes.Type(value = ModelArmor.class, name = "ModelArmor"),
        @JsonSubTypes.Type(value = Webhook.class, name = "Webhook")
    })
    public sealed interface Check {}

    /**
     * Regular expressions (RE2 syntax) that a text, normalised, must not match.
     *
     * @param patterns at least one
     */
    public record DenyPatterns(List<String> patterns) implements Check {
        public DenyPatterns {
            patterns = List.copyOf(patterns);
        }
    }

    /**
     * A search for kinds of sensitive data.
     *
     * @param kinds named as Google's infoTypes; at least one
     * @param mask whether what is found is replaced; else the call is refused
     */
    public record SensitiveData(List<String> kinds, boolean mask) implements Check {
        public SensitiveData {
            kinds = List.copyOf(kinds);
        }
    }

    /**
     * Screening by Model Armor.
     *
     * @param authority `host` or `host:port` of its regional service; https always
     * @param template `projects/P/locations/L/templates/T`
     */
    public record ModelArmor(String authority, String template) implements Check {}

    /**
     * Screening by an HTTPS service.
     *
     * @param url where texts are sent
     * @param caBundle PEM certificates to trust for it; absent: the system's
     * @param timeoutMilliseconds how long its verdict may take; positive
     */
    public record Webhook(String url, Optional<String> caBundle, long timeoutMilliseconds) implements Check {}
}
