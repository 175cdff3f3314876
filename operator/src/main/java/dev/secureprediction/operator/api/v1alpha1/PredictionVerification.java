package dev.secureprediction.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.status.RecordStatus;
import dev.secureprediction.operator.api.v1alpha1.verification.PredictionVerificationSpec;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** A signed record that a contract was verified in an environment; immutable. */
@Group(ApiGroup.NAME)
@Version(ApiGroup.VERSION)
@Kind("PredictionVerification")
@Plural("predictionverifications")
@Singular("predictionverification")
@Categories("prediction")
public final class PredictionVerification extends CustomResource<PredictionVerificationSpec, RecordStatus>
        implements Namespaced {

    private static final long serialVersionUID = 1L;

    @Override
    @Required
    @JsonPropertyDescription("The record.")
    public PredictionVerificationSpec getSpec() {
        return super.getSpec();
    }

    @Override
    @JsonPropertyDescription("What the operator reports.")
    public RecordStatus getStatus() {
        return super.getStatus();
    }

    @Override
    protected @Nullable PredictionVerificationSpec initSpec() {
        return null;
    }

    @Override
    protected @Nullable RecordStatus initStatus() {
        return null;
    }
}
