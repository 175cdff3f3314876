package dev.secureprediction.operator.cloud;

import java.util.Map;
import java.util.Optional;

/** One step towards a desired state. Each can be made again without harm. */
public sealed interface Change {

    /** What is not as it should be, and so is changed. */
    Difference difference();

    /** Whether it takes away what cannot be brought back as it was: a model's deployment, an endpoint, an account. */
    default boolean destructive() {
        return this instanceof Delete;
    }

    /** Something new. */
    sealed interface Create extends Change {

        /** The endpoint's service account, with its mark. */
        record Account(DesiredServiceAccount account) implements Create {
            @Override
            public Difference difference() {
                return Difference.missing("serviceAccounts/" + account.email());
            }
        }

        /** The Vertex AI endpoint, with its mark. A long operation. */
        record Endpoint(DesiredEndpoint.Created endpoint) implements Create {
            @Override
            public Difference difference() {
                return Difference.missing("endpoints/" + endpoint.endpointId());
            }
        }

        /**
         * A model on the endpoint. A long operation.
         *
         * @param endpointId which endpoint
         * @param deployedModelId 1 to 10 digits, the same when the same deployment is asked for again, so that it
         *     cannot happen twice
         * @param deployment what to deploy
         * @param takesTraffic whether it gets all calls at once: when nothing else is deployed
         */
        record Deployment(String endpointId, String deployedModelId, DesiredDeployment deployment, boolean takesTraffic)
                implements Create {
            @Override
            public Difference difference() {
                return new Difference(
                        "endpoints/" + endpointId,
                        "deployedModels",
                        deployment.modelId() + "@" + deployment.modelVersion() + " on " + deployment.machineType(),
                        Difference.ABSENT);
            }
        }
    }

    /** Something that is there, but not as it should be. */
    sealed interface Update extends Change {

        /**
         * Display name and labels of ours; other labels stay.
         *
         * @param endpointId which endpoint
         * @param displayName wanted
         * @param labels wanted values of our labels
         * @param observed what differed, for people
         */
        record EndpointMetadata(String endpointId, String displayName, Map<String, String> labels, String observed)
                implements Update {
            @Override
            public Difference difference() {
                return new Difference("endpoints/" + endpointId, "displayName, labels", displayName, observed);
            }
        }

        /**
         * How many replicas. A long operation.
         *
         * @param endpointId which endpoint
         * @param observed the deployment as it is
         * @param minReplicas wanted
         * @param maxReplicas wanted
         */
        record Replicas(String endpointId, ObservedEndpoint.DeployedModel observed, int minReplicas, int maxReplicas)
                implements Update {
            @Override
            public Difference difference() {
                return new Difference(
                        "endpoints/" + endpointId,
                        "replicas",
                        minReplicas + ".." + maxReplicas,
                        observed.minReplicas() + ".." + observed.maxReplicas());
            }
        }

        /**
         * Which deployed model gets the calls.
         *
         * @param endpointId which endpoint
         * @param split percent by deployed model id
         * @param observed the split as it is
         */
        record TrafficSplit(String endpointId, Map<String, Integer> split, Map<String, Integer> observed)
                implements Update {
            @Override
            public Difference difference() {
                return new Difference("endpoints/" + endpointId, "trafficSplit", split.toString(), observed.toString());
            }
        }
    }

    /** Something that must go. */
    sealed interface Delete extends Change {

        /** A model off the endpoint; its calls, if any, go nowhere then. A long operation. */
        record Deployment(String endpointId, ObservedEndpoint.DeployedModel deployedModel) implements Delete {
            @Override
            public Difference difference() {
                return new Difference(
                        "endpoints/" + endpointId,
                        "deployedModels",
                        Difference.ABSENT,
                        deployedModel.modelId() + "@" + deployedModel.modelVersion());
            }
        }

        /**
         * The endpoint. A long operation.
         *
         * @param endpointId which
         * @param hasModels whether anything is deployed on it; without, it can be made again just as it was
         * @param why what it differs in, where it is made anew for that
         */
        record Endpoint(String endpointId, boolean hasModels, Optional<Difference> why) implements Delete {
            @Override
            public Difference difference() {
                return why.orElseGet(() -> Difference.superfluous("endpoints/" + endpointId));
            }

            @Override
            public boolean destructive() {
                return hasModels;
            }
        }

        /**
         * A key of the account: gateways use none, so somebody else holds it.
         *
         * @param email of the account
         * @param name full resource name of the key
         */
        record Key(String email, String name) implements Delete {
            @Override
            public boolean destructive() {
                return false;
            }

            @Override
            public Difference difference() {
                return new Difference(
                        "serviceAccounts/" + email,
                        "keys",
                        Difference.ABSENT,
                        name.substring(name.lastIndexOf('/') + 1));
            }
        }

        /** The account. */
        record Account(String email) implements Delete {
            @Override
            public Difference difference() {
                return Difference.superfluous("serviceAccounts/" + email);
            }
        }
    }

    /** A member gets a role. */
    record Grant(PolicyTarget target, Binding binding) implements Change {
        @Override
        public Difference difference() {
            return new Difference(target.display(), "iam/" + binding.role(), binding.member(), Difference.ABSENT);
        }
    }

    /** A member loses a role. */
    record Revoke(PolicyTarget target, Binding binding) implements Change {
        @Override
        public Difference difference() {
            return new Difference(target.display(), "iam/" + binding.role(), Difference.ABSENT, binding.member());
        }
    }
}
