package dev.secureprediction.operator.plan;

import dev.secureprediction.operator.api.v1alpha1.environment.GateException;
import dev.secureprediction.operator.api.v1alpha1.environment.PredictionEnvironmentSpec;
import dev.secureprediction.operator.api.v1alpha1.environment.Promotion;
import dev.secureprediction.operator.promotion.AdmittedBy;
import dev.secureprediction.operator.promotion.Verdict;
import dev.secureprediction.operator.promotion.Verification;
import dev.secureprediction.operator.resolve.EndpointInputs;
import dev.secureprediction.operator.resolve.Floors;
import dev.secureprediction.operator.resolve.Problem;
import dev.secureprediction.operator.resolve.PromotionInputs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Lets in what was verified in the environment before, what was here before, and what an exception names. A contract and a
 * gateway image are looked at each by itself: one that was here before needs no new record.
 */
public final class Gate {

    private static final int MAX_REFUSALS = 3;

    private final EndpointInputs inputs;
    private final PromotionInputs promotion;
    private final PredictionEnvironmentSpec environment;
    private final Promotion rules;
    private final String digest;
    private final String image;

    private Gate(EndpointInputs inputs, PredictionEnvironmentSpec environment, String digest, String image) {
        this.inputs = inputs;
        this.promotion = inputs.promotion();
        this.environment = environment;
        this.rules = Promotion.orDefault(environment.promotion());
        this.digest = digest;
        this.image = image;
    }

    /** Whether a contract may come into the endpoint's environment under a gateway image. */
    public static Admission decide(EndpointInputs inputs, String contractDigest, String image) {
        return inputs.environment()
                .map(found -> new Gate(inputs, found.environment().getSpec(), contractDigest, image).decide())
                .orElseGet(() -> new Admission.Held("its environment does not exist", List.of()));
    }

    private Admission decide() {
        if (!rules.waitsForVerification()) {
            return new Admission.In(AdmittedBy.NoGate, "the environment has no gate");
        }
        boolean contractKnown = promotion.history().provesContract(digest);
        boolean imageKnown = promotion.history().provesImage(image);
        if (contractKnown && imageKnown) {
            return promotion
                    .history()
                    .proof(digest)
                    .map(before -> new Admission.In(before.by(), before.basis()))
                    .orElseThrow();
        }
        Optional<Verdict.Trusted> forContract = contractKnown
                ? Optional.empty()
                : record(said -> said.contractDigest().equals(digest));
        Optional<Verdict.Trusted> forImage =
                imageKnown ? Optional.empty() : record(said -> said.image().equals(image));
        if ((contractKnown || forContract.isPresent()) && (imageKnown || forImage.isPresent())) {
            return new Admission.In(
                    AdmittedBy.Record,
                    "record "
                            + forContract
                                    .or(() -> forImage)
                                    .orElseThrow()
                                    .signed()
                                    .shown());
        }
        return exception()
                .<Admission>map(found -> new Admission.In(
                        AdmittedBy.Exception, "exception until " + found.expiresAt() + ": " + found.reason()))
                .orElseGet(() -> new Admission.Held(missing(contractKnown || forContract.isPresent()), refusals()));
    }

    private Optional<Verdict.Trusted> record(Predicate<Verification> isAbout) {
        return promotion.trusted().stream()
                .filter(trusted -> isAbout.test(trusted.said()))
                .filter(trusted -> lacking(trusted.said()).isEmpty())
                .findFirst();
    }

    /** Why a record that is trusted is still not enough. */
    private Optional<String> lacking(Verification said) {
        Duration wanted = rules.minimumSoak();
        if (said.soak().compareTo(wanted) < 0) {
            return Optional.of("it soaked " + said.soak().toSeconds() + " s of " + wanted.toSeconds() + " s");
        }
        List<Problem> weaker = Floors.weaker(environment.requireOrDefault(), said.floors(), said.environment());
        return isElsewhere() && !weaker.isEmpty()
                ? Optional.of("this environment requires less: " + weaker.getFirst())
                : Optional.empty();
    }

    private boolean isElsewhere() {
        var from = environment.promotesFrom();
        return from != null && !from.verifiers().isEmpty();
    }

    private String missing(boolean contractIsFine) {
        var from = environment.promotesFrom();
        String upstream = from == null ? "" : from.environment();
        String what = contractIsFine ? "gateway image " + image : "contract " + digest;
        String lapsed = promotion
                .history()
                .latest()
                .filter(latest -> latest.by() == AdmittedBy.Exception
                        && latest.contractDigest().equals(digest))
                .map(latest -> "; the exception that let it in has ended, and it serves until another is admitted")
                .orElse("");
        if (promotion.application().tenant().isEmpty()) {
            return what + " cannot be verified: the namespace has no label " + promotion.tenantLabel();
        }
        return what + " was not verified in '" + upstream + "' for "
                + rules.minimumSoak().toSeconds() + " s" + lapsed;
    }

    /** Records that somebody might take for the missing one. */
    private List<String> refusals() {
        List<String> refusals = new ArrayList<>();
        for (Verdict verdict : promotion.records()) {
            switch (verdict) {
                case Verdict.Refused refused ->
                    refusals.add(refused.signed().shown() + " (" + refused.cause() + ": " + refused.message() + ")");
                case Verdict.Trusted trusted -> {
                    if (trusted.said().contractDigest().equals(digest)) {
                        lacking(trusted.said())
                                .ifPresent(why -> refusals.add(trusted.signed().shown() + " (" + why + ")"));
                    }
                }
            }
        }
        return refusals.stream().sorted().limit(MAX_REFUSALS).toList();
    }

    private Optional<GateException> exception() {
        var metadata = inputs.endpoint().getMetadata();
        return environment.exceptions().stream()
                .filter(entry -> entry.namespace().equals(metadata.getNamespace()))
                .filter(entry -> entry.name().equals(metadata.getName()))
                .filter(entry -> entry.contractDigest().equals(digest))
                .filter(entry -> entry.imageDigest() == null
                        ? promotion
                                .history()
                                .latest()
                                .map(latest -> latest.image().equals(image))
                                .orElse(true)
                        : image.endsWith("@" + Objects.requireNonNull(entry.imageDigest())))
                .filter(entry -> promotion.now().isBefore(Instant.parse(entry.expiresAt())))
                .findFirst();
    }
}
