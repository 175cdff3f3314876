package dev.secureprediction.operator.api.v1alpha1;

/** The API group, its version, and the keys that the operator writes on objects. */
public final class ApiGroup {

    /** Group of the custom resources. */
    public static final String NAME = "secureprediction.dev";
    /** Version of the custom resources. */
    public static final String VERSION = "v1alpha1";
    /** Finalizer of an endpoint: cloud resources and gateway are removed before it goes. */
    public static final String ENDPOINT_FINALIZER = "secureprediction.dev/finalizer";
    /** Finalizer of an environment: held while endpoints refer to it. */
    public static final String ENVIRONMENT_FINALIZER = "secureprediction.dev/environment";
    /** Field manager of everything that the operator applies. */
    public static final String FIELD_MANAGER = "secure-prediction-operator";

    private ApiGroup() {}
}
