package dev.secureprediction.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.environment.PredictionEnvironmentSpec;
import dev.secureprediction.operator.api.v1alpha1.status.EnvironmentStatus;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** A cluster-scoped environment, owned by the platform team. */
@Group(ApiGroup.NAME)
@Version(ApiGroup.VERSION)
@Kind("PredictionEnvironment")
@Plural("predictionenvironments")
@Singular("predictionenvironment")
@ShortNames("penv")
@Categories("prediction")
@ValidationRule(
        value = "size(self.metadata.name) <= 63",
        message =
                "metadata.name must have at most 63 characters, since gateways carry it as a label; choose a shorter one")
@ValidationRule(
        value = "!has(self.spec.promotesFrom) || self.spec.promotesFrom.environment != self.metadata.name",
        message = "spec.promotesFrom.environment is this environment itself; name the one before it, or leave it out")
public final class PredictionEnvironment extends CustomResource<PredictionEnvironmentSpec, EnvironmentStatus> {

    private static final long serialVersionUID = 1L;

    @Override
    @Required
    @JsonPropertyDescription("What the platform team states.")
    public PredictionEnvironmentSpec getSpec() {
        return super.getSpec();
    }

    @Override
    @JsonPropertyDescription("What the operator reports.")
    public EnvironmentStatus getStatus() {
        return super.getStatus();
    }

    @Override
    protected @Nullable PredictionEnvironmentSpec initSpec() {
        return null;
    }

    @Override
    protected @Nullable EnvironmentStatus initStatus() {
        return null;
    }
}
