package dev.secureprediction.operator.permission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.secureprediction.operator.api.Yaml;
import dev.secureprediction.operator.cloud.InvokerRole;
import dev.secureprediction.policy.model.Surface;
import dev.secureprediction.policy.permission.GatewayPermissions;
import dev.secureprediction.policy.permission.GatewayPermissions.ModelKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page, the role that the install page prints and the code say the same. */
final class PermissionsReferenceTest {

    @Test
    void thePageIsTheGeneratedOne() {
        assertThat(Yaml.ROOT.resolve("docs/reference/permissions.md"))
                .content()
                .isEqualTo(PermissionsReference.markdown());
    }

    @Test
    void theRoleThatThePlatformTeamMakesIsTheTable() {
        List<String> role = new ArrayList<>();
        Yaml.documents(Yaml.ROOT.resolve("operator/src/main/google-cloud/operator-role.yaml"))
                .getFirst()
                .path("includedPermissions")
                .forEach(permission -> role.add(permission.asText()));

        assertThat(role).containsExactlyElementsOf(OperatorFeature.role());
    }

    @ParameterizedTest
    @EnumSource(Surface.class)
    void noSurfaceNeedsMoreThanTheInvokerRoleHolds(Surface surface) {
        List<String> needed = new ArrayList<>();
        for (ModelKind kind : ModelKind.values()) {
            needed.addAll(GatewayPermissions.needed(surface, kind));
        }

        assertThat(needed).isNotEmpty().allMatch(InvokerRole.WANTED::contains);
    }
}
