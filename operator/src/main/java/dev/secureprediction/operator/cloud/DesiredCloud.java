package dev.secureprediction.operator.cloud;

/**
 * All that should exist in Google Cloud for one endpoint.
 *
 * @param scope where
 * @param owner whose
 * @param serviceAccount the gateway's account
 * @param invokerRole full name of the custom role, exactly `aiplatform.endpoints.predict`
 * @param grant where that role is bound
 * @param workloadIdentityMember IAM member that may act as the account: the gateway's Kubernetes account
 * @param endpoint the endpoint that answers
 * @param deletionPolicy what deletion does
 */
public record DesiredCloud(
        CloudScope scope,
        Owner owner,
        DesiredServiceAccount serviceAccount,
        String invokerRole,
        InvokerGrant grant,
        String workloadIdentityMember,
        DesiredEndpoint endpoint,
        DeletionPolicy deletionPolicy) {

    /** The account as an IAM member. */
    public String accountMember() {
        return "serviceAccount:" + serviceAccount.email();
    }

    /** The same, but for what deletion does. */
    public DesiredCloud withDeletionPolicy(DeletionPolicy policy) {
        return new DesiredCloud(
                scope, owner, serviceAccount, invokerRole, grant, workloadIdentityMember, endpoint, policy);
    }
}
