package dev.secureprediction.bench;

import dev.secureprediction.gateway.support.GatewayProcess;
import dev.secureprediction.gateway.support.Policies;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The gateway as its image runs it, everything on. */
final class OurGateway implements Subject {
    private final GatewayProcess gateway;

    private OurGateway(GatewayProcess gateway) {
        this.gateway = gateway;
    }

    static OurGateway start(World world) {
        Path policy = world.folder().resolve("policy");
        Policies.limited(world.issuer().url(), world.model().authority()).writeTo(policy);
        GatewayProcess gateway = GatewayProcess.start(
                world.folder(),
                Map.of(
                        "SPE_POLICY_DIRECTORY",
                        policy.toString(),
                        "GCE_METADATA_HOST",
                        world.metadata().host(),
                        "JAVA_TOOL_OPTIONS",
                        "-XX:ActiveProcessorCount=1 -Djavax.net.ssl.trustStoreType=PKCS12 -Djavax.net.ssl.trustStore="
                                + world.folder().resolve("trust.p12")));
        CpuClock.pin(gateway.process().pid(), Main.MEASURED_PROCESSOR);
        return new OurGateway(gateway.awaitReady());
    }

    @Override
    public String name() {
        return "this gateway";
    }

    @Override
    public Target target() {
        return new Target(gateway.address(), gateway.port(), Optional.empty());
    }

    @Override
    public long pid() {
        return gateway.process().pid();
    }

    @Override
    public Path log() {
        return gateway.process().log();
    }

    @Override
    public void close() {
        gateway.close();
    }
}
