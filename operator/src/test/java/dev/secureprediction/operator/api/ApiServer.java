package dev.secureprediction.operator.api;

import dev.secureprediction.sandbox.cluster.ControlPlane;
import dev.secureprediction.sandbox.process.UserCache;
import dev.secureprediction.sandbox.process.WorkFolder;
import dev.secureprediction.sandbox.tls.Authority;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.slf4j.LoggerFactory;

/** Gives tests a real control plane that serves our definitions; one for all of them. */
public final class ApiServer implements ParameterResolver {

    /** Taken by every class of tests on it: they apply the same samples. */
    public static final String LOCK = "the control plane of these tests";

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ControlPlane.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(ApiServer.class))
                .computeIfAbsent(Running.class, key -> Running.start(), Running.class)
                .cluster();
    }

    private record Running(WorkFolder folder, ControlPlane cluster) implements AutoCloseable {

        static Running start() {
            var cache = UserCache.ofUser();
            var folder = WorkFolder.create(cache);
            var log = LoggerFactory.getLogger(ApiServer.class);
            var cluster = ControlPlane.start(cache, folder, Authority.create(), log::info);
            var running = new Running(folder, cluster);
            try {
                running.serveDefinitions();
                return running;
            } catch (RuntimeException e) {
                running.close();
                throw e;
            }
        }

        private void serveDefinitions() {
            var definitions = Yaml.ROOT.resolve("crds").toString();
            cluster.kubectl("apply", "--server-side", "-f", definitions).orThrow();
            cluster.kubectl("wait", "--for=condition=Established", "--timeout=30s", "-f", definitions)
                    .orThrow();
        }

        @Override
        public void close() {
            cluster.close();
            folder.close();
        }
    }
}
