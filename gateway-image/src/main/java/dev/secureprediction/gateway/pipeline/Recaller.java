package dev.secureprediction.gateway.pipeline;

import dev.secureprediction.gateway.cache.AnswerCache;
import dev.secureprediction.gateway.cache.Lookup;
import dev.secureprediction.gateway.surface.Content;
import dev.secureprediction.gateway.surface.Part;
import dev.secureprediction.policy.model.Action;
import dev.secureprediction.policy.model.CacheRule;
import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.PolicyBundle;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Between sixth and seventh stage: is the same already answered, to somebody who may share it? Answers that stream are not kept. */
public final class Recaller {
    private final AnswerCache cache;

    public Recaller(AnswerCache cache) {
        this.cache = cache;
    }

    /** Looks for an answer; never fails. */
    public CompletableFuture<Recalled> recall(GuardedRequest request) {
        InspectedRequest inspected = request.inspected();
        PolicyBundle bundle = inspected.policy().bundle();
        Optional<CacheRule> rule = bundle.response().cache();
        if (rule.isEmpty() || !mayBeKept(inspected)) {
            return CompletableFuture.completedFuture(new Recalled.Bypass(request));
        }
        Optional<String> key = CacheKey.of(inspected, rule.get());
        if (key.isEmpty()) {
            return CompletableFuture.completedFuture(new Recalled.Bypass(request));
        }
        Duration time = Duration.ofSeconds(rule.get().ttlSeconds());
        boolean shared = bundle.gateway().onStoreFailure().isPresent();
        return cache.find(key.get(), time, shared).thenApply(found -> switch (found) {
            case Lookup.Hit hit -> new Recalled.Hit(hit.answer());
            case Lookup.Lead lead -> {
                Keeping keeping = new Keeping(lead.flight());
                GuardedRequest watched = new GuardedRequest(
                        inspected,
                        request.body(),
                        request.trafficTier(),
                        request.answerPlan().watchedBy(keeping.watch()));
                yield new Recalled.Miss(watched, keeping);
            }
            case Lookup.Alone alone -> new Recalled.Bypass(request);
        });
    }

    /** Only what the same model would answer the same way, from the request alone. */
    private static boolean mayBeKept(InspectedRequest request) {
        Content content = request.content();
        boolean repeatable = content.generation().temperature().isPresent()
                && content.generation().temperature().getAsDouble() == 0;
        // which version of a deployed model answers is not known here
        boolean sameModel = request.upstream().model() instanceof Model.Publisher;
        return repeatable
                && sameModel
                && request.route().action() == Action.Predict
                && !content.generation().stream().orElse(false)
                && content.tools().isEmpty()
                && content.generation().cachedContent().isEmpty()
                && content.parts().stream().noneMatch(Part.File.class::isInstance)
                && request.head().all("Cache-Control").stream().noneMatch(Recaller::forbids);
    }

    /** RFC 9111, section 5.2.1; `no-cache` asks for a fresh answer, which then is not kept either. */
    private static boolean forbids(String cacheControl) {
        String value = cacheControl.toLowerCase(Locale.ROOT);
        return value.contains("no-store") || value.contains("no-cache");
    }
}
