package dev.secureprediction.operator.api.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.Absent;
import dev.secureprediction.operator.api.v1alpha1.ApiObject;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A gateway's Google service account and what it may do. */
@ApiObject
public record IdentityStatus(
        @JsonPropertyDescription("E-mail address of the service account.") @Nullable @Size(max = 255)
        String serviceAccount,

        @JsonPropertyDescription("Role that it has.") @Nullable @Size(max = 255)
        String role,

        @JsonPropertyDescription(
                "Where it has it. Project: Google knows no narrower place for publisher models, so it reaches every one of them in that project.")
        @Nullable
        IamScope scope,

        @JsonPropertyDescription("Full name of the resource that the role is bound on.") @Nullable @Size(max = 512)
        String resource,

        @JsonPropertyDescription("What else the role reaches there, since Google knows no narrower place.")
        @Size(max = 8)
        List<@Size(max = 255) String> reaches,

        @JsonPropertyDescription("Permissions that it needs.") @Size(max = 32)
        List<@Size(max = 255) String> wantedPermissions,

        @JsonPropertyDescription("Of those, what the gateway itself was told that it does not have.") @Size(max = 32)
        List<@Size(max = 255) String> missingPermissions,

        @JsonPropertyDescription("What was found beyond those: who has which role where, and what that gives.")
        @Size(max = 64)
        List<@Size(max = 255) String> excessPermissions,

        @JsonPropertyDescription("What could not be read, so that nothing is claimed about it.") @Size(max = 32)
        List<@Size(max = 255) String> unread) {
    public IdentityStatus {
        reaches = Absent.list(reaches);
        wantedPermissions = Absent.list(wantedPermissions);
        missingPermissions = Absent.list(missingPermissions);
        excessPermissions = Absent.list(excessPermissions);
        unread = Absent.list(unread);
    }
}
