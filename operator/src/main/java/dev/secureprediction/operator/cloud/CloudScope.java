package dev.secureprediction.operator.cloud;

/**
 * Where in Google Cloud an environment lives and as whom the operator acts there.
 *
 * @param project project id
 * @param projectNumber the same project's number
 * @param location region of Vertex AI, or `global`
 * @param operatorServiceAccount e-mail of the account that the operator impersonates for this environment
 * @param api addresses of the APIs
 */
public record CloudScope(
        String project, String projectNumber, String location, String operatorServiceAccount, ApiEndpoints api) {}
