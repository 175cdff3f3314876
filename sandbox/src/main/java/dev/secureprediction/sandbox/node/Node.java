package dev.secureprediction.sandbox.node;

import dev.secureprediction.sandbox.cluster.ControlPlane;
import dev.secureprediction.sandbox.process.LoopbackRange;
import dev.secureprediction.sandbox.process.WorkFolder;
import dev.secureprediction.sandbox.tls.Authority;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A kubelet in miniature. Each container is a process of this machine with the pod's own loopback address; volumes are files; statuses,
 * restarts and deletion follow a kubelet.
 *
 * <p>What processes on loopback cannot show: NetworkPolicies have no effect, resource limits and security contexts are not enforced,
 * there is no cluster DNS, and a container sees the machine's file system. Init containers, exec probes and other volumes are refused by
 * name in the pod's status.
 */
public final class Node implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Node.class);

    private final NodeContext context;
    private final PodBinder binder;
    private final HttpClient probes;
    private final Map<String, PodWorker> workers = new ConcurrentHashMap<>();
    private final Map<String, Thread> threads = new ConcurrentHashMap<>();
    private final SharedIndexInformer<Pod> informer;
    private final Thread heartbeat;
    private final KubeletServer kubelet;
    private final ServiceForwarder services;

    private Node(NodeContext context, ControlPlane cluster, Authority authority) {
        this.context = context;
        var registration = new NodeRegistration(context);
        this.binder = new PodBinder(context, registration.labels());
        this.probes = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(InsecureTls.context())
                .build();
        this.kubelet = KubeletServer.start(context, authority, cluster.kubeletClient());
        registration.register(kubelet.port());
        this.informer = context.client().pods().inAnyNamespace().inform(new PodHandler());
        this.services = new ServiceForwarder(context, informer);
        this.heartbeat = Thread.ofVirtual().name("heartbeat").start(() -> beat(registration));
    }

    /** Registers the node; returns when it takes pods. */
    public static Node start(
            ControlPlane cluster,
            Authority authority,
            WorkFolder workFolder,
            LoopbackRange addresses,
            ImageStore images,
            NodeOptions options) {
        var context = new NodeContext(
                cluster.access().node(),
                cluster.server(),
                cluster.certificateAuthority(),
                options,
                images,
                addresses,
                workFolder);
        return new Node(context, cluster, authority);
    }

    /**
     * Where a Service is reached from this machine: a loopback port that forwards to its ready pods in turn.
     *
     * @param portName name of the port; empty for the only one
     * @throws dev.secureprediction.sandbox.SandboxException when there is no such Service or port
     */
    public InetSocketAddress serviceAddress(String namespace, String name, String portName) {
        return services.address(namespace, name, portName);
    }

    private static void beat(NodeRegistration registration) {
        try {
            while (true) {
                Thread.sleep(Duration.ofSeconds(NodeRegistration.HEARTBEAT_SECONDS));
                try {
                    registration.heartbeat();
                } catch (KubernetesClientException e) {
                    LOG.debug("no heartbeat: {}", e.getMessage());
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void seen(Pod pod) {
        if (binder.wants(pod)) {
            Thread.ofVirtual().name("bind-" + pod.getMetadata().getName()).start(() -> bind(pod));
        } else if (context.name().equals(pod.getSpec().getNodeName()) && !over(pod)) {
            workers.computeIfAbsent(pod.getMetadata().getUid(), uid -> work(uid, pod))
                    .tell(new PodEvent.Updated(pod));
        }
    }

    /** A pod that has ended is not run again, whoever forgot it. */
    private boolean over(Pod pod) {
        var phase = pod.getStatus().getPhase();
        return !workers.containsKey(pod.getMetadata().getUid())
                && pod.getMetadata().getDeletionTimestamp() == null
                && ("Succeeded".equals(phase) || "Failed".equals(phase));
    }

    private PodWorker work(String uid, Pod pod) {
        var worker = new PodWorker(context, pod, probes, () -> {
            workers.remove(uid);
            threads.remove(uid);
        });
        var thread =
                Thread.ofVirtual().name("pod-" + pod.getMetadata().getName()).unstarted(worker);
        threads.put(uid, thread);
        thread.start();
        return worker;
    }

    private void bind(Pod pod) {
        try {
            binder.bind(pod);
        } catch (KubernetesClientException e) {
            // gone, or bound already
            LOG.debug("pod {} is not bound: {}", pod.getMetadata().getName(), e.getMessage());
        }
    }

    /** Kills all containers. The API server's copies of the pods stay as they are. */
    @Override
    public void close() {
        heartbeat.interrupt();
        informer.close();
        services.close();
        kubelet.close();
        workers.values().forEach(worker -> worker.tell(new PodEvent.NodeStops()));
        for (var thread : threads.values()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private final class PodHandler implements ResourceEventHandler<Pod> {

        @Override
        public void onAdd(Pod pod) {
            seen(pod);
        }

        @Override
        public void onUpdate(Pod before, Pod pod) {
            seen(pod);
        }

        @Override
        public void onDelete(Pod pod, boolean lastStateUnknown) {
            var worker = workers.get(pod.getMetadata().getUid());
            if (worker != null) {
                worker.tell(new PodEvent.Removed());
            }
        }
    }
}
