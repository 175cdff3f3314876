package dev.secureprediction.operator.cloud.google;

import com.google.cloud.aiplatform.v1.EndpointServiceClient;
import com.google.cloud.aiplatform.v1.ModelServiceClient;
import com.google.cloud.iam.admin.v1.IAMClient;
import com.google.cloud.resourcemanager.v3.ProjectsClient;
import dev.secureprediction.operator.cloud.CloudScope;

/**
 * Clients that act as one environment's account in one location.
 *
 * @param scope environment and location
 * @param endpoints Vertex AI endpoints and their operations
 * @param models the Model Registry
 * @param iam service accounts and roles
 * @param projects policies of projects
 * @param endpointPolicies policies of endpoints
 */
record GoogleClients(
        CloudScope scope,
        EndpointServiceClient endpoints,
        ModelServiceClient models,
        IAMClient iam,
        ProjectsClient projects,
        EndpointPolicies endpointPolicies)
        implements AutoCloseable {

    ResourceNames names() {
        return new ResourceNames(scope);
    }

    @Override
    public void close() {
        endpoints.close();
        models.close();
        iam.close();
        projects.close();
    }
}
