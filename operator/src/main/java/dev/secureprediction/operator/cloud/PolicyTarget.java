package dev.secureprediction.operator.cloud;

/** The resource whose IAM policy is meant. */
public sealed interface PolicyTarget {

    /** Name for messages and status, such as `serviceAccounts/EMAIL`. */
    String display();

    /**
     * A service account.
     *
     * @param email its e-mail
     */
    record OnAccount(String email) implements PolicyTarget {
        @Override
        public String display() {
            return "serviceAccounts/" + email;
        }
    }

    /**
     * A Vertex AI endpoint in the scope's project and location.
     *
     * @param endpointId last segment of its resource name
     */
    record OnEndpoint(String endpointId) implements PolicyTarget {
        @Override
        public String display() {
            return "endpoints/" + endpointId;
        }
    }

    /**
     * A project.
     *
     * @param project project id
     */
    record OnProject(String project) implements PolicyTarget {
        @Override
        public String display() {
            return "projects/" + project;
        }
    }
}
