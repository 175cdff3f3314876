package dev.secureprediction.operator.render;

import dev.secureprediction.operator.plan.DesiredGateway;
import dev.secureprediction.operator.plan.DesiredRoute;
import dev.secureprediction.operator.resolve.Telemetry;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Who may connect to a gateway, and where it may connect to. */
public final class GatewayNetworkPolicy {

    /** Every namespace carries its name in this label (Kubernetes 1.22 and later). */
    private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

    private static final String NODE_LOCAL_DNS = "169.254.20.10/32";
    private static final String METADATA_SERVER = "169.254.169.254/32";
    /** Where GKE's nodes redirect the metadata server's address to, unless they run Dataplane V2. */
    private static final String GKE_METADATA_SERVER = "169.254.169.252/32";

    private GatewayNetworkPolicy() {}

    public static NetworkPolicy of(DesiredGateway gateway, Peers peers) {
        return new NetworkPolicyBuilder()
                .withMetadata(Labels.meta(gateway, gateway.name()))
                .withNewSpec()
                .withNewPodSelector()
                .withMatchLabels(Labels.owning(gateway))
                .endPodSelector()
                .withPolicyTypes("Ingress", "Egress")
                .withIngress(ingress(gateway, peers))
                .withEgress(egress(gateway))
                .endSpec()
                .build();
    }

    private static List<NetworkPolicyIngressRule> ingress(DesiredGateway gateway, Peers peers) {
        var rules = new ArrayList<NetworkPolicyIngressRule>();
        rules.add(from(
                List.of(peers.operatorNamespace()), port("TCP", GatewayPorts.ADMIN), port("TCP", GatewayPorts.PUBLIC)));
        rules.add(from(List.of(peers.prometheusNamespace()), port("TCP", GatewayPorts.ADMIN)));
        var callers = Stream.concat(
                        gateway.allowFrom().stream(), gateway.route().map(DesiredRoute::parentNamespace).stream())
                .distinct()
                .toList();
        if (!callers.isEmpty()) { // a rule without peers would let everybody in
            rules.add(from(callers, port("TCP", GatewayPorts.PUBLIC)));
        }
        return rules;
    }

    private static List<NetworkPolicyEgressRule> egress(DesiredGateway gateway) {
        if (gateway.egressCidrs().isEmpty()) {
            return List.of(new NetworkPolicyEgressRule());
        }
        var rules = new ArrayList<NetworkPolicyEgressRule>();
        rules.add(new NetworkPolicyEgressRuleBuilder()
                .withTo(namespace("kube-system"), address(NODE_LOCAL_DNS))
                .withPorts(port("UDP", 53), port("TCP", 53))
                .build());
        rules.add(new NetworkPolicyEgressRuleBuilder()
                .withTo(address(METADATA_SERVER))
                .withPorts(port("TCP", 80))
                .build());
        rules.add(new NetworkPolicyEgressRuleBuilder()
                .withTo(address(GKE_METADATA_SERVER))
                .withPorts(port("TCP", 988))
                .build());
        rules.add(new NetworkPolicyEgressRuleBuilder()
                .withTo(gateway.egressCidrs().stream()
                        .map(GatewayNetworkPolicy::address)
                        .toList())
                .withPorts(port("TCP", 443))
                .build());
        gateway.telemetry()
                .collector()
                .ifPresent(collector -> rules.add(toCollector(collector, gateway.egressCidrs())));
        return rules;
    }

    /** In the namespace that its name says, else wherever the environment lets gateways connect to. */
    private static NetworkPolicyEgressRule toCollector(URI collector, List<String> cidrs) {
        List<NetworkPolicyPeer> peers = Telemetry.namespace(collector)
                .map(name -> List.of(namespace(name)))
                .orElseGet(
                        () -> cidrs.stream().map(GatewayNetworkPolicy::address).toList());
        return new NetworkPolicyEgressRuleBuilder()
                .withTo(peers)
                .withPorts(port("TCP", Telemetry.port(collector)))
                .build();
    }

    private static NetworkPolicyIngressRule from(List<String> namespaces, NetworkPolicyPort... ports) {
        return new NetworkPolicyIngressRuleBuilder()
                .withFrom(
                        namespaces.stream().map(GatewayNetworkPolicy::namespace).toList())
                .withPorts(ports)
                .build();
    }

    private static NetworkPolicyPeer namespace(String name) {
        return new NetworkPolicyPeerBuilder()
                .withNewNamespaceSelector()
                .addToMatchLabels(NAMESPACE_NAME, name)
                .endNamespaceSelector()
                .build();
    }

    private static NetworkPolicyPeer address(String cidr) {
        return new NetworkPolicyPeerBuilder()
                .withNewIpBlock()
                .withCidr(cidr)
                .endIpBlock()
                .build();
    }

    private static NetworkPolicyPort port(String protocol, int port) {
        return new NetworkPolicyPortBuilder()
                .withProtocol(protocol)
                .withPort(new IntOrString(port))
                .build();
    }
}
