package dev.secureprediction.operator.plan;

import java.time.Duration;
import java.util.Optional;

/**
 * How a Gateway of the Gateway API leads callers to a gateway.
 *
 * @param hostname by which they call
 * @param parentNamespace namespace of that Gateway
 * @param parentName its name
 * @param listener one of its listeners; absent: all that match
 * @param timeout after which it may end a call; longer than the gateway's own, so that callers get that one's answer
 */
public record DesiredRoute(
        String hostname, String parentNamespace, String parentName, Optional<String> listener, Duration timeout) {}
