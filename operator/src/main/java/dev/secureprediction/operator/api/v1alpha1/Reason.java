package dev.secureprediction.operator.api.v1alpha1;

import static dev.secureprediction.operator.api.v1alpha1.ConditionType.Accepted;
import static dev.secureprediction.operator.api.v1alpha1.ConditionType.Available;
import static dev.secureprediction.operator.api.v1alpha1.ConditionType.CloudReady;
import static dev.secureprediction.operator.api.v1alpha1.ConditionType.Consistent;
import static dev.secureprediction.operator.api.v1alpha1.ConditionType.Drifted;
import static dev.secureprediction.operator.api.v1alpha1.ConditionType.EndpointReady;
import static dev.secureprediction.operator.api.v1alpha1.ConditionType.GatewayReady;
import static dev.secureprediction.operator.api.v1alpha1.ConditionType.IdentityReady;
import static dev.secureprediction.operator.api.v1alpha1.ConditionType.Monotone;
import static dev.secureprediction.operator.api.v1alpha1.ConditionType.Paused;
import static dev.secureprediction.operator.api.v1alpha1.ConditionType.PolicyEnforced;
import static dev.secureprediction.operator.api.v1alpha1.ConditionType.QuotaLeft;
import static dev.secureprediction.operator.api.v1alpha1.ConditionType.Ready;
import static dev.secureprediction.operator.api.v1alpha1.ConditionType.Reconciling;
import static dev.secureprediction.operator.api.v1alpha1.ConditionType.RolledOut;
import static dev.secureprediction.operator.api.v1alpha1.ConditionType.Verified;

import java.util.List;

/**
 * Why a condition has its status. {@code docs/reference/conditions.md} is generated from here.
 *
 * <p>Ready, Reconciling and Stalled repeat the reason of the condition they follow from.
 */
public enum Reason {
    // the summary
    AllReady(Next.NOTHING, "Everything below holds.", Ready),

    // references, grants, expressions
    Valid(Next.NOTHING, "References, grants and expressions allow it.", Accepted),
    EnvironmentNotFound(
            Next.PERSON,
            "No PredictionEnvironment has the name in `environmentRef.name`. Create it, or correct the name.",
            Accepted),
    EnvironmentInvalid(
            Next.PERSON,
            "The environment itself is not accepted; its own conditions say why. The platform team must correct it.",
            Accepted),
    NotAllowedByEnvironment(
            Next.PERSON,
            "No single grant of the environment covers the whole endpoint; the message lists what the closest one leaves out. Change the endpoint, or ask the platform team for a grant.",
            Accepted),
    LocationNotAllowed(
            Next.PERSON,
            "`placement.location` is not among the environment's `google.locations`. Use one of them.",
            Accepted),
    UnknownIssuer(
            Next.PERSON,
            "A role names an issuer that the environment does not have. Use one of its issuers.",
            Accepted),
    IssuerRequired(
            Next.PERSON,
            "A role names no issuer, and the environment has several. List them in the role's `issuers`.",
            Accepted),
    InvalidExpression(
            Next.PERSON,
            "A role's `when` is not a CEL expression over claims, bindings and request that yields true or false. Correct it where the message points.",
            Accepted),
    InvalidSchema(
            Next.PERSON,
            "`contract.request.schema` is not a JSON Schema 2020-12 that can be checked in bounded time. Correct it where the message points.",
            Accepted),
    InvalidSpec(
            Next.PERSON,
            "Fields contradict each other in a way that the schema cannot say; the message names them.",
            Accepted),
    SurfaceMismatch(
            Next.PERSON,
            "A surface cannot carry this kind of model. Remove it, or leave `contract.surfaces` out.",
            Accepted),
    NotSupportedYet(
            Next.PERSON,
            "A field is set that this version does not implement; it is refused so that nobody relies on it. Remove it.",
            Accepted),
    DuplicateApplication(
            Next.PERSON,
            "An older endpoint of the same tenant and application exists in this environment and keeps its place. Remove one, or label this one `secureprediction.dev/application`.",
            Accepted),
    HostnameConflict(
            Next.PERSON,
            "An older endpoint of the cluster has this host name and keeps it. Use another in `placement.exposure.hostname`, or remove the older one.",
            Accepted),
    ContractTooLarge(
            Next.PERSON,
            "The compiled policy is larger than 768 KiB, which is what fits beside its metadata in a ConfigMap. Shorten expressions or the request schema.",
            Accepted),
    UpstreamNotFound(
            Next.PERSON, "`promotesFrom.environment` names no environment. Create it, or correct the name.", Accepted),
    UpstreamCycle(
            Next.PERSON,
            "Environments promote from each other in a circle. Make one of them the first, without `promotesFrom`.",
            Accepted),
    SharedAudience(
            Next.PERSON,
            "Two environments of one chain accept tokens of the same issuer and audience, so a token of one would work in the other. Give each its own audience.",
            Accepted),

    // Google Cloud
    Partial(
            Next.NOTHING,
            "The account exists, is bound to the gateway's Kubernetes account and may invoke the model; nothing beyond was found in what could be read. What nobody could read, such as folders, the organisation and groups, is in `status.identity.unread`: of that nothing is proven.",
            IdentityReady),
    ExcessPermission(
            Next.PERSON,
            "The account can do more than invoke its model, or somebody else can act as it; the message names binding and permission. It stays until a person, or `require.revokeExcess`, takes it away.",
            IdentityReady),
    PermissionMissing(
            Next.OPERATOR,
            "The gateway asked Google as itself and may not invoke the model, though that is granted. Google needs minutes to spread a change; after that look for a deny policy.",
            IdentityReady,
            Reconciling),
    EndpointDeployed(Next.NOTHING, "The endpoint answers with the wanted model.", EndpointReady),
    ExistingEndpoint(
            Next.NOTHING,
            "The endpoint belongs to someone else and exists; only access to it is managed.",
            EndpointReady),
    NoEndpointNeeded(Next.NOTHING, "Publisher models are called without an endpoint of their own.", EndpointReady),
    Provisioning(Next.OPERATOR, "Being made in Google Cloud.", IdentityReady, EndpointReady, Reconciling),
    CreatingEndpoint(
            Next.OPERATOR,
            "The endpoint is being created; the operation is in `status.endpoint`.",
            EndpointReady,
            Reconciling),
    DeployingModel(
            Next.OPERATOR,
            "The model is being deployed, which can take half an hour; the operation is in `status.endpoint`.",
            EndpointReady,
            Reconciling),
    ModelOnTrial(
            Next.OPERATOR,
            "A new model is up beside the old one and gets a tenth of the calls until it has answered the canary.",
            EndpointReady,
            Reconciling),
    CanaryUnanswered(
            Next.PERSON,
            "A new model did not answer the canary; the old one takes all calls. Name another `placement.model`.",
            EndpointReady),
    CloudUnavailable(
            Next.OPERATOR,
            "Google Cloud did not answer; tried again with growing pauses.",
            IdentityReady,
            EndpointReady,
            CloudReady),
    QuotaExceeded(
            Next.PERSON,
            "A quota of the project is used up; the message names it. Raise it or free some; tried again meanwhile.",
            IdentityReady,
            EndpointReady,
            CloudReady),
    PermissionDenied(
            Next.PERSON,
            "The environment's operator account lacks a permission; the message names it. The platform team must grant it.",
            IdentityReady,
            EndpointReady,
            CloudReady),
    ConflictUnmanaged(
            Next.PERSON,
            "A resource with our name exists and does not carry our mark. It was left untouched: rename the endpoint, or remove the namesake.",
            IdentityReady,
            EndpointReady),
    RoleTooWide(
            Next.PERSON,
            "The invoker role holds more than `aiplatform.endpoints.predict`. The platform team must narrow it.",
            IdentityReady,
            CloudReady),
    RoleIncomplete(
            Next.PERSON,
            "The invoker role does not exist, or lacks `aiplatform.endpoints.predict`. The platform team must create or complete it.",
            IdentityReady,
            CloudReady),
    AccountDisabled(
            Next.PERSON,
            "Somebody switched the gateway's Google account off. It is left off until somebody switches it on again.",
            IdentityReady),
    EndpointNotFound(
            Next.PERSON,
            "The endpoint in `placement.endpoint.id` does not exist in this project and location.",
            EndpointReady),
    ModelNotFound(
            Next.PERSON, "The Model Registry has no such model or version; see `placement.model`.", EndpointReady),
    FingerprintMismatch(
            Next.PERSON,
            "The model version does not carry the contract's fingerprint, so it is not the model that was tested. Set `placement.model` to the right version.",
            EndpointReady),
    InvalidRequest(
            Next.PERSON,
            "Google Cloud refused what the resource asks for; the message is Google's.",
            IdentityReady,
            EndpointReady,
            CloudReady),
    OperationFailed(
            Next.OPERATOR, "A long operation failed; it is begun again. The message is Google's.", EndpointReady),
    NotChangeable(
            Next.PERSON,
            "A field that Google Cloud cannot change in place differs, on an endpoint that was taken over and so is never"
                    + " deleted by the operator. Delete it there, and it is made again.",
            EndpointReady),
    CloudReachable(Next.NOTHING, "The project answers, and the invoker role is as it should be.", CloudReady),
    CloudNotReadYet(Next.OPERATOR, "Not read since the operator started.", IdentityReady, EndpointReady, CloudReady),

    // the gateway
    GatewayRunning(Next.NOTHING, "Enough pods run the wanted image and are ready.", GatewayReady),
    GatewayStarting(
            Next.OPERATOR, "Pods are starting, or the wanted image is being rolled out.", GatewayReady, Reconciling),
    ClusterRefused(
            Next.PERSON,
            "The API server refused an object of the gateway; the message is its own. The gateway namespace's policies or quota may forbid it.",
            GatewayReady),
    ClusterUnavailable(
            Next.OPERATOR,
            "The API server did not take a change, or did not answer; tried again with growing pauses.",
            GatewayReady),
    GatewayNamespaceNotFound(
            Next.PERSON,
            "The environment's `gatewayNamespace` does not exist. The platform team must create it.",
            GatewayReady,
            Accepted),
    GatewayNamespaceNotGranted(
            Next.PERSON,
            "The operator may not work in the environment's `gatewayNamespace`. The message is the line that the platform team must run; it takes effect within seconds.",
            Accepted),
    CertificateNotFound(
            Next.PERSON,
            "The secret in `placement.exposure.tlsSecretName` does not exist in the gateway namespace, or is not of type kubernetes.io/tls.",
            GatewayReady),
    GatewayAPIMissing(
            Next.PERSON,
            "`placement.exposure.parentRef` asks for a route, and the cluster does not serve HTTPRoute and BackendTLSPolicy, `gateway.networking.k8s.io/v1`. Install Gateway API 1.4 or later and restart the operator, or remove the reference.",
            GatewayReady),
    RoutePending(
            Next.OPERATOR,
            "No Gateway has taken the HTTPRoute yet. If it stays so, look whether the one in `placement.exposure.parentRef` exists and its controller runs.",
            GatewayReady),
    RouteRefused(
            Next.PERSON,
            "The Gateway in `placement.exposure.parentRef` refused the HTTPRoute; the message is its own. Its listener must allow the gateway namespace and the host name.",
            GatewayReady),
    Enforced(
            Next.NOTHING,
            "Every ready pod has the wanted policy and refused what it must refuse: no token, a forged and an unsigned one, another audience, an expired one, no role, another model. The message says what became of the canary, or NoCanary where the contract has none.",
            PolicyEnforced),
    NoReadyPods(Next.OPERATOR, "No pod is ready to be asked.", PolicyEnforced),
    PolicyLoading(Next.OPERATOR, "Not every ready pod has loaded the wanted policy yet.", PolicyEnforced, Reconciling),
    PolicyRefused(
            Next.PERSON,
            "A pod refused the policy and keeps the one before; the message is its own. Its image may be too old for the policy's format.",
            PolicyEnforced),
    NotProbedYet(
            Next.OPERATOR,
            "The calls that must be refused have not been made for this policy yet, or the model does not serve yet that is to answer the canary.",
            PolicyEnforced,
            Reconciling),
    ProbeFailed(
            Next.OPERATOR,
            "A probe came to something that it must not: a refusal for another reason, or a canary that was refused. The message names it; tried again.",
            PolicyEnforced),
    ProofMissing(
            Next.OPERATOR,
            "Pods could not be reached to be proven, or the cluster gave no tokens to prove them by, and the last proof is too old to count; tried again.",
            PolicyEnforced),
    LetThrough(
            Next.PERSON,
            "A pod answered a call that it must refuse. Its serving label was taken away; look at that pod.",
            PolicyEnforced),

    // serving
    Serving(Next.NOTHING, "An accepted generation answers calls.", Available),
    NotServing(Next.OPERATOR, "No accepted generation answers calls.", Available),

    // beside readiness
    Same(Next.NOTHING, "The same contract as in the environment before.", Consistent),
    Behind(
            Next.NOTHING,
            "The environment before has a newer contract; this one was admitted there earlier.",
            Consistent),
    NoPeer(
            Next.NOTHING,
            "The environment before has no endpoint of this application, or this environment is the first.",
            Consistent),
    Ahead(
            Next.NOTHING,
            "The contract of the environment before was admitted here earlier: this one is a hotfix that should go through the chain too.",
            Consistent),
    Diverged(
            Next.NOTHING,
            "Neither environment ever had the other's contract; `status.consistency` lists where they differ. The next environment cannot be promoted from here.",
            Consistent),
    LagExceeded(
            Next.NOTHING,
            "The environment before has had a newer contract for longer than `promotion.maxLagSeconds`.",
            Consistent),
    PeerUnknown(Next.NOTHING, "The contract of the environment before cannot be seen.", Consistent),
    NoDrift(Next.NOTHING, "All is as wanted.", Drifted),
    OutOfBandChange(
            Next.OPERATOR,
            "Somebody changed a resource in Google Cloud or an object of the gateway; it is being put back, unless `managementPolicy` forbids. See `status.drift`.",
            Drifted,
            Reconciling),
    NotObserved(Next.OPERATOR, "Google Cloud could not be read.", Drifted),
    NotPaused(Next.NOTHING, "Changes are made.", Paused),
    Observing(
            Next.NOTHING,
            "`managementPolicy` is Observe, here or in the environment: differences are reported, and nothing is written but who is revoked.",
            Paused),
    Pausing(
            Next.NOTHING,
            "`managementPolicy` is Paused, here or in the environment: nothing is written but who is revoked.",
            Paused),
    Held(
            Next.NOTHING,
            "A change is due and is not made: `managementPolicy` forbids it, or `require.approval` asks for a person first. It is in `status.plan`; approve its hash in `approvedPlanHash`, or in the environment's `approvals`.",
            IdentityReady,
            EndpointReady,
            Reconciling),
    Deleting(
            Next.OPERATOR,
            "Access is being taken away, then the gateway, then what the deletion policy says.",
            Ready,
            Reconciling),

    // promotion
    Soaking(
            Next.NOTHING,
            "Every probe passes, but not for `verification.soakSeconds` of the environment yet.",
            Verified),
    Soaked(Next.NOTHING, "This contract ran here long enough with every probe passing.", Verified),
    NotProven(Next.NOTHING, "The probes do not hold, or the model does not serve, so that nothing soaks.", Verified),
    AwaitingPromotion(
            Next.OPERATOR,
            "The contract or the gateway image was not verified in the environment before; what was admitted last keeps serving. It goes on by itself when a record arrives; the message says what is missing.",
            Verified,
            Ready,
            Reconciling),

    // environments
    RoomLeft(Next.NOTHING, "Service accounts and policies of the project have room for more endpoints.", QuotaLeft),
    RoomLow(
            Next.PERSON,
            "Nine tenths of the service accounts or of a policy's principals are used up; the message counts them. Endpoints go on; raise the quota, or grant to groups, before there is no room for the next.",
            QuotaLeft),
    RoomUnread(
            Next.PERSON,
            "Service accounts of the project could not be counted, so nobody will be warned; the message holds the line to run.",
            QuotaLeft),
    AllUpdated(Next.NOTHING, "Every endpoint runs by the last edit of the environment.", RolledOut),
    RollingOut(
            Next.OPERATOR,
            "An edit of the environment reaches its endpoints in turn, `rollout.maxParallelPercent` of them at once; `status.rollout` counts them.",
            RolledOut),
    RolloutPaused(
            Next.PERSON,
            "Endpoints that have the edit are not Ready since, or the environment is not accepted as it is now; the others keep what they have. It goes on when those stand; or take the edit back, which reaches them the same way.",
            RolledOut),
    UpstreamElsewhere(
            Next.NOTHING,
            "The environment before is in another cluster. What it requires is read from its records, one contract at a time.",
            Monotone),
    FirstOfChain(Next.NOTHING, "There is no environment before this one.", Monotone),
    AtLeastAsStrict(Next.NOTHING, "Nothing is required less strictly than in the environment before.", Monotone),
    NotMonotone(
            Next.PERSON,
            "A requirement is weaker than in an environment before; the message names both values. An edit that makes it so is refused. Where the environment before was changed later, endpoints keep serving.",
            Accepted,
            Monotone);

    private final Next next;
    private final String meaning;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<ConditionType> conditions;

    Reason(Next next, String meaning, ConditionType... conditions) {
        this.next = next;
        this.meaning = meaning;
        this.conditions = List.of(conditions);
    }

    /** Whether nothing moves until a person acts: then the resource is Stalled. */
    public boolean needsPerson() {
        return next == Next.PERSON;
    }

    /** What it says and what to do about it. */
    public String meaning() {
        return meaning;
    }

    /** The conditions that it stands on by itself. */
    public List<ConditionType> conditions() {
        return conditions;
    }

    private enum Next {
        NOTHING,
        OPERATOR,
        PERSON
    }
}
