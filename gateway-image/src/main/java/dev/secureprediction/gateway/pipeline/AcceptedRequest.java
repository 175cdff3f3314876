package dev.secureprediction.gateway.pipeline;

import dev.secureprediction.gateway.policy.PolicySnapshot;
import dev.secureprediction.gateway.route.RouteMatch;
import dev.secureprediction.gateway.tokens.BearerToken;

/** A request that is sound as HTTP and carries one bearer token. Only {@link Acceptor} makes one. */
public final class AcceptedRequest {
    private final RequestHead head;
    private final PolicySnapshot policy;
    private final RouteMatch match;
    private final BearerToken token;

    AcceptedRequest(RequestHead head, PolicySnapshot policy, RouteMatch match, BearerToken token) {
        this.head = head;
        this.policy = policy;
        this.match = match;
        this.token = token;
    }

    RequestHead head() {
        return head;
    }

    /** The policy that this call keeps to its end. */
    public PolicySnapshot policy() {
        return policy;
    }

    RouteMatch match() {
        return match;
    }

    BearerToken token() {
        return token;
    }
}
