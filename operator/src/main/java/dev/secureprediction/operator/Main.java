package dev.secureprediction.operator;

import dev.secureprediction.operator.config.OperatorCommand;
import java.time.Clock;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Entry point of the operator's image. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        int code = OperatorCommand.run(config -> OperatorProcess.run(config, Clock.systemUTC()), arguments);
        if (code != 0) {
            System.exit(code);
        }
    }
}
