package dev.secureprediction.gateway.surface;

import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.PolicyBundle;

/** The one model of a policy, as protocols name it that know nothing of Google's resource names. */
public final class ServedModel {
    private ServedModel() {}

    /** What lists show: the publisher's name for its model, else the SecurePredictionEndpoint's name. */
    public static String id(PolicyBundle policy) {
        return switch (policy.upstream().model()) {
            case Model.Publisher publisher -> publisher.name();
            case Model.Endpoint endpoint -> policy.endpoint().name();
        };
    }

    /** Whether a caller means it: by its id, with the publisher before it, or by the id of Google's endpoint. */
    public static boolean isMeant(String name, PolicyBundle policy) {
        String alias = switch (policy.upstream().model()) {
            case Model.Publisher publisher -> publisher.publisher() + "/" + publisher.name();
            case Model.Endpoint endpoint -> endpoint.endpointId();
        };
        return name.equals(alias) || name.equals(id(policy));
    }
}
