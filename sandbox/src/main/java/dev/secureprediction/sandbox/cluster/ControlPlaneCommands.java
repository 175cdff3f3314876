package dev.secureprediction.sandbox.cluster;

import java.nio.file.Path;
import java.util.List;

/**
 * Command lines of the three programs.
 *
 * @param etcdPort client port
 * @param etcdPeerPort port for other members, of which there are none
 * @param apiPort HTTPS port of the API server
 */
record ControlPlaneCommands(
        ControlPlaneBinaries binaries,
        ClusterSecrets secrets,
        Path folder,
        int etcdPort,
        int etcdPeerPort,
        int apiPort) {

    static final String HOST = "127.0.0.1";

    /**
     * No scheduler: the node binds its pods. No EndpointSlices: loopback addresses are refused there. No autoscaler: there are no
     * metrics. Role aggregation is what fills the built-in roles admin, edit and view.
     */
    private static final List<String> CONTROLLERS = List.of(
            "deployment-controller",
            "replicaset-controller",
            "job-controller",
            "garbage-collector-controller",
            "namespace-controller",
            "serviceaccount-controller",
            "serviceaccount-token-controller",
            "root-ca-certificate-publisher-controller",
            "clusterrole-aggregation-controller",
            "disruption-controller");

    List<String> etcd() {
        var client = "http://" + HOST + ":" + etcdPort;
        var peer = "http://" + HOST + ":" + etcdPeerPort;
        return List.of(
                binaries.etcd().toString(),
                "--data-dir=" + folder.resolve("etcd"),
                "--unsafe-no-fsync",
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=default=" + peer,
                "--log-level=warn");
    }

    List<String> apiServer() {
        return List.of(
                binaries.apiServer().toString(),
                "--etcd-servers=http://" + HOST + ":" + etcdPort,
                "--bind-address=" + HOST,
                "--advertise-address=" + HOST,
                "--secure-port=" + apiPort,
                "--tls-cert-file=" + certificates().resolve("server.crt"),
                "--tls-private-key-file=" + certificates().resolve("server.key"),
                "--kubelet-certificate-authority=" + certificateAuthority(),
                "--kubelet-client-certificate=" + certificates().resolve("kubelet-client.crt"),
                "--kubelet-client-key=" + certificates().resolve("kubelet-client.key"),
                "--endpoint-reconciler-type=none",
                "--service-cluster-ip-range=10.0.0.0/16",
                "--service-account-issuer=" + ControlPlane.ISSUER,
                "--service-account-jwks-uri=" + server() + "/openid/v1/jwks",
                "--service-account-signing-key-file=" + secrets.signingKey(),
                "--service-account-key-file=" + secrets.verificationKey(),
                "--token-auth-file=" + secrets.tokenFile(),
                "--authorization-mode=RBAC",
                // a taint that a scheduler would heed and a node controller would lift: we have neither
                "--disable-admission-plugins=TaintNodesByCondition",
                "--audit-policy-file=" + folder.resolve("audit-policy.yaml"),
                "--audit-log-path=" + auditLog(),
                // never rotated: tests count from a mark in this one file
                "--audit-log-maxsize=4000",
                "--kubelet-preferred-address-types=InternalIP",
                "--profiling=false");
    }

    List<String> controllerManager() {
        var kubeconfig = controllerManagerKubeconfig().toString();
        return List.of(
                binaries.controllerManager().toString(),
                "--kubeconfig=" + kubeconfig,
                "--secure-port=0",
                "--leader-elect=false",
                "--use-service-account-credentials=true",
                "--service-account-private-key-file=" + secrets.signingKey(),
                "--root-ca-file=" + certificateAuthority(),
                "--kube-api-qps=100",
                "--kube-api-burst=200",
                "--controllers=" + String.join(",", CONTROLLERS));
    }

    String server() {
        return "https://" + HOST + ":" + apiPort;
    }

    Path certificates() {
        return folder.resolve("certificates");
    }

    Path certificateAuthority() {
        return certificates().resolve("ca.crt");
    }

    Path auditLog() {
        return folder.resolve("audit.log");
    }

    Path controllerManagerKubeconfig() {
        return folder.resolve("controller-manager.kubeconfig");
    }
}
