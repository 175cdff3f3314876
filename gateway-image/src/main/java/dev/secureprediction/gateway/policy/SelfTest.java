package dev.secureprediction.gateway.policy;

import java.util.Optional;

/** Calls that must be refused, made in process before a policy comes into force. */
@FunctionalInterface
public interface SelfTest {

    /** What was let through; empty when everything was refused. */
    Optional<String> failure(PolicySnapshot snapshot);
}
