package dev.secureprediction.operator.plan;

import java.util.List;

/** How a gateway gets its certificate. */
public sealed interface Tls {

    /** From a secret of type kubernetes.io/tls in the gateway namespace. */
    record Provided(String secretName) implements Tls {}

    /** From one that the operator makes and rotates. */
    record Made(List<String> dnsNames) implements Tls {

        public Made {
            dnsNames = List.copyOf(dnsNames);
        }
    }

    /** None; only where the environment's grant says so. */
    record Plaintext() implements Tls {}
}
