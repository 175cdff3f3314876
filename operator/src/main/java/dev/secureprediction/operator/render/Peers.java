package dev.secureprediction.operator.render;

/**
 * Namespaces that may reach a gateway's admin port.
 *
 * @param operatorNamespace where the operator runs
 * @param prometheusNamespace where Prometheus runs
 */
public record Peers(String operatorNamespace, String prometheusNamespace) {}
