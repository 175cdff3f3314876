package dev.secureprediction.operator.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.secureprediction.operator.api.v1alpha1.endpoint.SecurePredictionEndpointSpec;
import dev.secureprediction.operator.api.v1alpha1.status.EndpointStatus;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** One model, who may call it, and where it runs in one environment; owned by an application team. */
@Group(ApiGroup.NAME)
@Version(ApiGroup.VERSION)
@Kind("SecurePredictionEndpoint")
@Plural("securepredictionendpoints")
@Singular("securepredictionendpoint")
@ShortNames("spe")
@Categories("prediction")
@ValidationRule(
        value = "size(self.metadata.name) <= 63",
        message =
                "metadata.name must have at most 63 characters, since gateways carry it as a label; choose a shorter one")
public final class SecurePredictionEndpoint extends CustomResource<SecurePredictionEndpointSpec, EndpointStatus>
        implements Namespaced {

    private static final long serialVersionUID = 1L;

    @Override
    @Required
    @JsonPropertyDescription("What the application team states.")
    public SecurePredictionEndpointSpec getSpec() {
        return super.getSpec();
    }

    @Override
    @JsonPropertyDescription("What the operator reports.")
    public EndpointStatus getStatus() {
        return super.getStatus();
    }

    @Override
    protected @Nullable SecurePredictionEndpointSpec initSpec() {
        return null;
    }

    @Override
    protected @Nullable EndpointStatus initStatus() {
        return null;
    }
}
