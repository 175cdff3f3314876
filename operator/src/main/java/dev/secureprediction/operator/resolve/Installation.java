package dev.secureprediction.operator.resolve;

/**
 * What every plan of one operator shares.
 *
 * @param id of the installation, unique in the organisation; part of every name and mark
 * @param operatorNamespace where the operator itself runs
 * @param gatewayImage image of gateways whose environment names none: the operator's own version
 * @param clusterDomain DNS suffix of Services, as `svc` or `svc.cluster.local`
 * @param telemetry where gateways send traces
 */
public record Installation(
        String id, String operatorNamespace, String gatewayImage, String clusterDomain, Telemetry telemetry) {

    /** The suffix that resolves in every cluster. */
    public static final String SHORT_DOMAIN = "svc";

    /** The operator's own, as records tell it. */
    public static final String VERSION = "0.1.0";
}
