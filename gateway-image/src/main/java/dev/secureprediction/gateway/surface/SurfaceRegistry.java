package dev.secureprediction.gateway.surface;

import dev.secureprediction.gateway.error.ErrorShape;
import dev.secureprediction.gateway.route.RequestPath;
import dev.secureprediction.gateway.route.Route;
import dev.secureprediction.gateway.route.RouteMatch;
import dev.secureprediction.gateway.surface.anthropic.AnthropicModule;
import dev.secureprediction.gateway.surface.gemini.GeminiModule;
import dev.secureprediction.gateway.surface.inference.KServeModule;
import dev.secureprediction.gateway.surface.inference.OpenInferenceModule;
import dev.secureprediction.gateway.surface.openai.OpenAiModule;
import dev.secureprediction.gateway.surface.vertex.VertexPredictModule;
import dev.secureprediction.policy.model.Surface;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The protocols that this gateway speaks. */
public final class SurfaceRegistry {
    private static final SurfaceRegistry STANDARD = of(List.of(
            new VertexPredictModule(),
            new GeminiModule(),
            new AnthropicModule(),
            new OpenAiModule(),
            new OpenInferenceModule(),
            new KServeModule()));

    private final List<SurfaceModule> modules;
    private final Map<Surface, SurfaceModule> bySurface;

    private SurfaceRegistry(List<SurfaceModule> modules, Map<Surface, SurfaceModule> bySurface) {
        this.modules = modules;
        this.bySurface = bySurface;
    }

    /** All of them. */
    public static SurfaceRegistry standard() {
        return STANDARD;
    }

    private static SurfaceRegistry of(List<SurfaceModule> modules) {
        Map<Surface, SurfaceModule> bySurface = new EnumMap<>(Surface.class);
        modules.forEach(module -> bySurface.put(module.surface(), module));
        return new SurfaceRegistry(modules, bySurface);
    }

    /** What method and path mean; never throws. */
    public RouteMatch match(String method, String path) {
        RequestPath parsed = RequestPath.of(path);
        for (SurfaceModule module : modules) {
            Optional<Route> route = module.recognise(method, parsed);
            if (route.isPresent()) {
                return new RouteMatch.Matched(route.get(), module.errorShape());
            }
        }
        for (SurfaceModule module : modules) {
            if (module.owns(parsed)) {
                return new RouteMatch.Unmatched(module.errorShape());
            }
        }
        return new RouteMatch.Unmatched(ErrorShape.PROBLEM);
    }

    /**
     * The module of a protocol.
     *
     * @throws IllegalArgumentException when this gateway does not speak it
     */
    public SurfaceModule module(Surface surface) {
        SurfaceModule module = bySurface.get(surface);
        if (module == null) {
            throw new IllegalArgumentException("this gateway does not serve " + surface);
        }
        return module;
    }

    /** The protocols that there is a module for. */
    public Set<Surface> surfaces() {
        return Set.copyOf(bySurface.keySet());
    }
}
