package dev.secureprediction.operator.api.v1alpha1.endpoint;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.Absent;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Who may call. */
@ApiObject
public record Access(
        @JsonPropertyDescription(
                "Tried in order: the first that matches the caller and allows the action applies, alone. None: 403.")
        @Required
        @Size(min = 1, max = 32)
        @ValidationRule(
                value = "self.all(r, self.exists_one(s, s.name == r.name))",
                message = "spec.contract.access.roles: names must be unique, since audit records show them; rename one")
        List<Role> roles) {
    public Access {
        roles = Absent.list(roles);
    }
}
