package dev.secureprediction.gateway;

import dev.secureprediction.gateway.config.ConfigException;
import dev.secureprediction.gateway.config.GatewayConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Starts the gateway; SIGTERM drains and ends it. */
public final class Main {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);
    private static final int WRONG_CONFIG = 78; // EX_CONFIG of sysexits.h

    private Main() {}

    public static void main(String[] arguments) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        try {
            GatewayConfig config = GatewayConfig.fromEnvironment();
            Gateway gateway = Gateway.start(config);
            Runtime.getRuntime().addShutdownHook(new Thread(gateway::drain, "drain"));
        } catch (ConfigException e) {
            LOG.error("{}", e.getMessage());
            System.exit(WRONG_CONFIG);
        } catch (RuntimeException e) {
            LOG.error("the gateway cannot start", e);
            System.exit(1);
        }
    }
}
