package dev.secureprediction.sandbox.cloud.vertex;

import com.google.cloud.aiplatform.v1.DeployedModel;
import com.google.cloud.aiplatform.v1.Endpoint;
import dev.secureprediction.sandbox.cloud.error.GoogleErrors;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What an endpoint may look like. */
final class EndpointRules {
    private static final Pattern ID = Pattern.compile("[a-z]([a-z0-9-]{0,61}[a-z0-9])?|[0-9]{1,9}");
    private static final Pattern LABEL_KEY = Pattern.compile("[a-z][a-z0-9_-]{0,62}");
    private static final Pattern LABEL_VALUE = Pattern.compile("[a-z0-9_-]{0,63}");
    private static final Pattern KEY_NAME =
            Pattern.compile("projects/[^/]+/locations/(?<location>[^/]+)/keyRings/[^/]+/cryptoKeys/[^/]+");

    private EndpointRules() {}

    static void checkId(String id) {
        if (!ID.matcher(id).matches()) {
            throw GoogleErrors.invalid("Endpoint ID " + id
                    + " is invalid: it must start with a letter and have at most 63 characters of [a-z0-9-], or be at"
                    + " most 9 digits.");
        }
    }

    static void check(Endpoint endpoint, String location) {
        if (endpoint.getDisplayName().isEmpty() || endpoint.getDisplayName().length() > 128) {
            throw GoogleErrors.invalid("display_name: required, at most 128 characters");
        }
        checkLabels(endpoint.getLabelsMap());
        String key = endpoint.getEncryptionSpec().getKmsKeyName();
        var keyName = KEY_NAME.matcher(key);
        if (!key.isEmpty() && !(keyName.matches() && keyName.group("location").equals(location))) {
            throw GoogleErrors.invalid("encryption_spec.kms_key_name: " + key + " is no key of location " + location);
        }
        if (!endpoint.getNetwork().isEmpty() && endpoint.hasPrivateServiceConnectConfig()) {
            throw GoogleErrors.invalid("network and private_service_connect_config are mutually exclusive.");
        }
    }

    static void checkTraffic(Map<String, Integer> split, Set<String> deployedIds) {
        if (split.isEmpty()) {
            return;
        }
        if (split.values().stream().mapToInt(Integer::intValue).sum() != 100) {
            throw GoogleErrors.invalid("The sum of traffic_split percentages must be 100.");
        }
        for (String id : split.keySet()) {
            if (!deployedIds.contains(id)) {
                throw GoogleErrors.invalid("traffic_split: there is no DeployedModel " + id + " on the Endpoint.");
            }
        }
    }

    static void checkDeployment(DeployedModel model) {
        if (!model.getId().isEmpty() && !model.getId().matches("[1-9][0-9]{0,9}")) {
            throw GoogleErrors.invalid("deployed_model.id: 1 to 10 digits without a leading zero");
        }
        if (!model.hasDedicatedResources()) {
            throw GoogleErrors.invalid("'dedicated_resources' must be set for the Model to be deployed.");
        }
        var resources = model.getDedicatedResources();
        if (resources.getMachineSpec().getMachineType().isEmpty()) {
            throw GoogleErrors.invalid("dedicated_resources.machine_spec.machine_type: required");
        }
        if (resources.getMinReplicaCount() < 1) {
            throw GoogleErrors.invalid("dedicated_resources.min_replica_count: must be at least 1");
        }
        if (resources.getMaxReplicaCount() != 0 && resources.getMaxReplicaCount() < resources.getMinReplicaCount()) {
            throw GoogleErrors.invalid("dedicated_resources.max_replica_count: must not be below min_replica_count");
        }
    }

    private static void checkLabels(Map<String, String> labels) {
        if (labels.size() > 64) {
            throw GoogleErrors.invalid("labels: at most 64");
        }
        labels.forEach((key, value) -> {
            if (!LABEL_KEY.matcher(key).matches() || !LABEL_VALUE.matcher(value).matches()) {
                throw GoogleErrors.invalid("labels: " + key + "=" + value
                        + " is invalid; keys and values hold at most 63 of [a-z0-9_-], keys begin with a letter");
            }
        });
    }
}
