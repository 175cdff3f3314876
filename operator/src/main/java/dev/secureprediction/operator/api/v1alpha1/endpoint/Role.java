package dev.secureprediction.operator.api.v1alpha1.endpoint;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.Absent;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import dev.secureprediction.operator.api.v1alpha1.Formats;
import dev.secureprediction.policy.model.Action;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a group of callers may do. */
@ApiObject
public record Role(
        @JsonPropertyDescription("Name, unique; shown in audit records, never to callers.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern(Formats.DNS_LABEL)
        String name,

        @JsonPropertyDescription(
                "Issuers whose tokens may match; a claim of another issuer says nothing. Default: the environment's only issuer.")
        @Size(max = 16)
        List<@Size(min = 1, max = 63) @Pattern(Formats.DNS_LABEL) String> issuers,

        @JsonPropertyDescription(
                "CEL that says whom it is for, over claims (subject, groups, scopes, tenant and all others), bindings, request.surface and request.action. An error is no match.")
        @Required
        @Size(min = 1, max = 4096)
        String when,

        @JsonPropertyDescription(
                "What it allows: Predict (unary calls, embeddings), Stream, CountTokens, Describe (reads of the model).")
        @Required
        @Size(min = 1, max = 4)
        @ValidationRule(
                value = "self.all(a, self.exists_one(b, b == a))",
                message = "spec.contract.access.roles: each action may be listed once; remove the repeated one")
        List<Action> actions,

        @JsonPropertyDescription("How much; absent: unlimited.") @Nullable
        Limits limits,

        @JsonPropertyDescription("What requests may hold; absent: nothing beyond plain content.") @Nullable
        DataRules data,

        @JsonPropertyDescription("Another model or location for this role, within the grant.") @Nullable
        Route route) {
    public Role {
        issuers = Absent.list(issuers);
        actions = Absent.list(actions);
    }
}
