package dev.secureprediction.sandbox.cluster;

import dev.secureprediction.sandbox.SandboxException;
import dev.secureprediction.sandbox.process.ChildProcess;
import dev.secureprediction.sandbox.process.ClaimedPorts;
import dev.secureprediction.sandbox.process.ProcessSpec;
import dev.secureprediction.sandbox.process.UserCache;
import dev.secureprediction.sandbox.process.WorkFolder;
import dev.secureprediction.sandbox.tls.Authority;
import dev.secureprediction.sandbox.tls.ServerCertificate;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * etcd, kube-apiserver and kube-controller-manager on loopback, alone on this machine and gone with this Java process. All data is
 * thrown away at {@link #close}.
 */
public final class ControlPlane implements AutoCloseable {

    /** The issuer in service account tokens. It names the cluster; its keys are served by the API server at /openid/v1/jwks. */
    public static final String ISSUER = "https://sandbox.cluster";

    private static final String ETCD = "etcd";
    private static final String API_SERVER = "kube-apiserver";
    private static final String CONTROLLER_MANAGER = "kube-controller-manager";

    private final WorkFolder workFolder;
    private final ControlPlaneCommands commands;
    private final ClusterAccess access;
    private final Map<String, ChildProcess> processes = new LinkedHashMap<>();

    private final Authority authority;
    private final X509Certificate kubeletClient;

    private ControlPlane(WorkFolder workFolder, ControlPlaneCommands commands, Authority authority) {
        this.workFolder = workFolder;
        this.commands = commands;
        this.authority = authority;
        this.kubeletClient = writeInputs(authority);
        this.access = new ClusterAccess(commands, workFolder);
    }

    /**
     * Finds or builds the programs and starts them; returns when the default namespace has its service account, which the controller
     * manager makes.
     *
     * @param authority signs the API server's certificate
     * @param progress told what it does before each step that takes long
     * @throws SandboxException when Go is missing or too old for the first build, or a program does not start
     */
    public static ControlPlane start(
            UserCache cache, WorkFolder workFolder, Authority authority, Consumer<String> progress) {
        var binaries = ControlPlaneBuild.ofUser(cache).provide(progress);
        var folder = workFolder.folder("control-plane");
        var ports = ClaimedPorts.claim(cache, 3);
        var commands = new ControlPlaneCommands(
                binaries, ClusterSecrets.generate(folder), folder, ports.get(0), ports.get(1), ports.get(2));
        var controlPlane = new ControlPlane(workFolder, commands, authority);
        try {
            controlPlane.startProcesses();
            return controlPlane;
        } catch (RuntimeException e) {
            controlPlane.close();
            throw e;
        }
    }

    private void startProcesses() {
        run(ETCD, commands.etcd());
        startApiServer();
        run(CONTROLLER_MANAGER, commands.controllerManager());
        Waiting.until(
                "the default service account",
                Duration.ofSeconds(60),
                this::requireAlive,
                () -> client().serviceAccounts()
                                .inNamespace("default")
                                .withName("default")
                                .get()
                        != null);
    }

    private X509Certificate writeInputs(Authority authority) {
        try {
            Files.createDirectories(commands.certificates());
            Files.writeString(commands.certificateAuthority(), authority.caPem());
            writeCertificate("server", authority.certificate(ControlPlaneCommands.HOST, "kubernetes.default.svc"));
            var client = authority.certificate("kube-apiserver-kubelet-client");
            writeCertificate("kubelet-client", client);
            Files.writeString(commands.folder().resolve("audit-policy.yaml"), AuditLog.POLICY);
            Kubeconfig.withToken(
                    commands.controllerManagerKubeconfig(),
                    commands.server(),
                    commands.certificateAuthority(),
                    CONTROLLER_MANAGER,
                    commands.secrets().controllerManagerToken());
            Kubeconfig.withToken(
                    kubeconfig(),
                    commands.server(),
                    commands.certificateAuthority(),
                    ClusterSecrets.ADMIN,
                    commands.secrets().adminToken());
            return client.certificate();
        } catch (IOException e) {
            throw new SandboxException("cannot write to " + commands.folder() + ": " + e.getMessage(), e);
        }
    }

    private void writeCertificate(String name, ServerCertificate certificate) throws IOException {
        Files.writeString(commands.certificates().resolve(name + ".crt"), certificate.certificatePem());
        ClusterSecrets.write(commands.certificates().resolve(name + ".key"), certificate.keyPem());
    }

    private void startApiServer() {
        run(API_SERVER, commands.apiServer());
        var probe = new ApiServerProbe(commands.server(), authority.clientContext());
        Waiting.until("the API server", Duration.ofSeconds(90), this::requireAlive, probe::ready);
    }

    private void run(String name, List<String> command) {
        var spec = new ProcessSpec(
                name,
                command,
                Map.of("HOME", commands.folder().toString()),
                commands.folder(),
                log(name),
                workFolder.processes());
        processes.put(name, ChildProcess.start(spec));
    }

    private void requireAlive() {
        processes.forEach((name, process) -> {
            if (!process.alive()) {
                throw new SandboxException(
                        name + " ended while starting: " + process.logTail(3) + " (log " + log(name) + ")");
            }
        });
    }

    /** Address of the API server, with scheme and port. */
    public String server() {
        return commands.server();
    }

    /** PEM file with the authority of the API server's certificate. */
    public Path certificateAuthority() {
        return commands.certificateAuthority();
    }

    /** What the API server shows to nodes; a node answers nobody else. */
    public X509Certificate kubeletClient() {
        return kubeletClient;
    }

    /** A kubeconfig file with all rights, also for a person: {@code export KUBECONFIG=…}. */
    public Path kubeconfig() {
        return workFolder.path().resolve("kubeconfig");
    }

    /** A client with all rights, shared: do not close it. */
    public KubernetesClient client() {
        return access.admin();
    }

    /** Clients of other users. */
    public ClusterAccess access() {
        return access;
    }

    /** Runs kubectl with all rights. */
    public KubectlResult kubectl(String... arguments) {
        return access.kubectl(kubeconfig(), List.of(arguments));
    }

    public AuditLog audit() {
        return new AuditLog(commands.auditLog());
    }

    /** Kills the API server and starts it again on the same port with the same data: watches break, clients must reconnect. */
    public void restartApiServer() {
        killApiServer();
        startApiServer();
    }

    /** Kills the API server; {@link #restartApiServer} brings it back. */
    public void killApiServer() {
        var running = processes.get(API_SERVER);
        if (running != null) {
            running.kill();
        }
    }

    /** Holds etcd still: the API server waits for it, until {@link #releaseEtcd}. */
    public void holdEtcd() {
        signalEtcd("STOP");
    }

    /** Lets etcd go on. */
    public void releaseEtcd() {
        signalEtcd("CONT");
    }

    private void signalEtcd(String signal) {
        var running = processes.get(ETCD);
        if (running != null) {
            running.signal(signal);
        }
    }

    /** Resident memory in bytes, by program. */
    public Map<String, Long> residentBytes() {
        Map<String, Long> bytes = new LinkedHashMap<>();
        processes.forEach((name, process) -> bytes.put(name, process.residentBytes()));
        return bytes;
    }

    /** Where a program writes: {@code etcd}, {@code kube-apiserver} or {@code kube-controller-manager}. */
    public Path log(String program) {
        return workFolder.folder("logs").resolve(program + ".log");
    }

    /** Kills the programs. The data is thrown away, and the API server takes 12 s to end in peace. */
    @Override
    public void close() {
        access.close();
        processes.values().forEach(ChildProcess::kill);
    }
}
