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
 * @param screens whether a guardrail asks Model Armor, as the account
 * @param revokeExcess whether what others granted to the account, or on it, is taken away
 */
public record DesiredCloud(
        CloudScope scope,
        Owner owner,
        DesiredServiceAccount serviceAccount,
        String invokerRole,
        InvokerGrant grant,
        String workloadIdentityMember,
        DesiredEndpoint endpoint,
        DeletionPolicy deletionPolicy,
        boolean screens,
        boolean revokeExcess) {

    /** Asks nobody, and leaves what others granted. */
    public DesiredCloud(
            CloudScope scope,
            Owner owner,
            DesiredServiceAccount serviceAccount,
            String invokerRole,
            InvokerGrant grant,
            String workloadIdentityMember,
            DesiredEndpoint endpoint,
            DeletionPolicy deletionPolicy) {
        this(
                scope,
                owner,
                serviceAccount,
                invokerRole,
                grant,
                workloadIdentityMember,
                endpoint,
                deletionPolicy,
                false,
                false);
    }

    /** Role that lets a Kubernetes service account act as a Google one. */
    public static final String WORKLOAD_IDENTITY_ROLE = "roles/iam.workloadIdentityUser";

    /** Role that lets an account have texts screened by a project's templates. */
    public static final String MODEL_ARMOR_ROLE = "roles/modelarmor.user";

    /** The account as an IAM member. */
    public String accountMember() {
        return "serviceAccount:" + serviceAccount.email();
    }

    /** The binding that lets the gateway act as its account. */
    public Binding workloadIdentityBinding() {
        return Binding.always(WORKLOAD_IDENTITY_ROLE, workloadIdentityMember);
    }

    /** The binding that lets the account invoke the model. */
    public Binding invokerBinding() {
        return Binding.always(invokerRole, accountMember());
    }

    /** The binding that lets the account ask Model Armor. */
    public Binding screeningBinding() {
        return Binding.always(MODEL_ARMOR_ROLE, accountMember());
    }

    /** Where {@link #screeningBinding} belongs: the project that calls are made in, which holds the templates. */
    public PolicyTarget screeningTarget() {
        return new PolicyTarget.OnProject(
                grant instanceof InvokerGrant.OnProject onProject ? onProject.project() : scope.project());
    }

    /** Where {@link #invokerBinding} belongs. */
    public PolicyTarget grantTarget() {
        return switch (grant) {
            case InvokerGrant.OnProject onProject -> new PolicyTarget.OnProject(onProject.project());
            case InvokerGrant.OnEndpoint ignored ->
                switch (endpoint) {
                    case DesiredEndpoint.Existing existing -> new PolicyTarget.OnEndpoint(existing.endpointId());
                    case DesiredEndpoint.Created created -> new PolicyTarget.OnEndpoint(created.endpointId());
                    case DesiredEndpoint.None none ->
                        throw new IllegalStateException("a grant on an endpoint needs one, not " + none);
                };
        };
    }

    /** The same, but for what deletion does. */
    public DesiredCloud withDeletionPolicy(DeletionPolicy policy) {
        return new DesiredCloud(
                scope,
                owner,
                serviceAccount,
                invokerRole,
                grant,
                workloadIdentityMember,
                endpoint,
                policy,
                screens,
                revokeExcess);
    }
}
