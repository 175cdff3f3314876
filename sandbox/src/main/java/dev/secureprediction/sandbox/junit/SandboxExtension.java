package dev.secureprediction.sandbox.junit;

import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.SandboxOptions;
import dev.secureprediction.sandbox.StartListener;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives test classes a sandbox, started when the first of a run asks for it and ended after the last. Register it by {@link
 * SandboxTest}, or programmatically where a test needs options of its own: then that class has a sandbox to itself.
 */
public final class SandboxExtension implements ParameterResolver, AfterAllCallback {

    /** Folders with an {@code image.json}, separated as a class path is. */
    public static final String IMAGES = "sandbox.images";

    private static final Logger LOG = LoggerFactory.getLogger(SandboxExtension.class);
    private static final Namespace STORE = Namespace.create(SandboxExtension.class);

    /** Of the class that runs on a thread; its methods do on the same one. */
    private static final ThreadLocal<Map<String, Runnable>> LAST = ThreadLocal.withInitial(LinkedHashMap::new);

    private final SandboxOptions options;
    private final boolean shared;

    /** For the sandbox that test classes share. */
    public SandboxExtension() {
        this(options(), true);
    }

    private SandboxExtension(SandboxOptions options, boolean shared) {
        this.options = options;
        this.shared = shared;
    }

    /** For a sandbox that only one test class uses, with the images of the system property. */
    public static SandboxExtension alone() {
        return alone(options());
    }

    /** What tests' sandboxes are like: images of the system property, and pods that are soon gone. */
    public static SandboxOptions options() {
        return SandboxOptions.withImages(images()).withShortLivedPods();
    }

    /** For a sandbox that only one test class uses. */
    public static SandboxExtension alone(SandboxOptions options) {
        return new SandboxExtension(options, false);
    }

    /**
     * Has something done when the test class of this thread is over, for the sake of those that use the same sandbox after it: what
     * it leaves running costs them time. Not done where the sandbox ends with the class.
     *
     * @param what once under each name
     */
    public static void atLast(String what, Runnable action) {
        LAST.get().put(what, action);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (context.getParent().flatMap(ExtensionContext::getTestClass).isPresent()) { // an inner class
            return;
        }
        var last = Map.copyOf(LAST.get());
        LAST.remove();
        if (shared) {
            last.forEach((what, action) -> {
                try {
                    action.run();
                } catch (RuntimeException e) { // the tests have said what they had to say
                    LOG.warn("{} was not done: {}", what, e.getMessage());
                }
            });
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == Sandbox.class || type == TestNamespace.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var sandbox = sandbox(context);
        return parameter.getParameter().getType() == Sandbox.class ? sandbox : namespace(sandbox, context);
    }

    private Sandbox sandbox(ExtensionContext context) {
        var owner = shared ? context.getRoot() : classContext(context);
        // a class's store looks into the run's too: without a name of its own, the shared one would be found
        var key = shared ? "sandbox" : "own sandbox";
        return owner.getStore(STORE).computeIfAbsent(key, name -> Sandbox.start(options, new Logged()), Sandbox.class);
    }

    private static TestNamespace namespace(Sandbox sandbox, ExtensionContext context) {
        return classContext(context)
                .getStore(STORE)
                .computeIfAbsent(
                        "namespace", key -> create(sandbox, context.getRequiredTestClass()), TestNamespace.class);
    }

    private static TestNamespace create(Sandbox sandbox, Class<?> testClass) {
        var name =
                testClass.getSimpleName().replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
        sandbox.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .serverSideApply();
        return new TestNamespace(name);
    }

    /** A method's context ends too soon: what belongs to the class is kept in the outermost class's. */
    private static ExtensionContext classContext(ExtensionContext context) {
        var current = context;
        while (current.getParent().isPresent()
                && current.getParent().get().getTestClass().isPresent()) {
            current = current.getParent().get();
        }
        return current;
    }

    private static Path[] images() {
        return Arrays.stream(System.getProperty(IMAGES, "").split(File.pathSeparator, -1))
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .toArray(Path[]::new);
    }

    private static final class Logged implements StartListener {

        @Override
        public void progress(String what) {
            LOG.info("{}", what);
        }

        @Override
        public void finished(String step, Duration took) {
            LOG.info("{} in {} ms", step, took.toMillis());
        }
    }
}
