package dev.secureprediction.operator.resolve;

import dev.secureprediction.operator.api.v1alpha1.PredictionEnvironment;
import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.api.v1alpha1.endpoint.RequestRules;
import dev.secureprediction.operator.api.v1alpha1.endpoint.ResponseRules;
import dev.secureprediction.operator.api.v1alpha1.endpoint.SecurePredictionEndpointSpec;
import dev.secureprediction.operator.api.v1alpha1.environment.GoogleSettings;
import dev.secureprediction.operator.api.v1alpha1.environment.Grant;
import dev.secureprediction.policy.codec.CanonicalJson;
import dev.secureprediction.policy.codec.InvalidPolicyException;
import dev.secureprediction.policy.model.Surface;
import dev.secureprediction.policy.schema.InvalidSchemaException;
import dev.secureprediction.policy.schema.RequestSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Follows an endpoint's references and checks what its schema cannot say; tells everything that is wrong at once. */
public final class EndpointResolver {

    private final EndpointInputs inputs;
    private final SecurePredictionEndpointSpec spec;
    private final PredictionEnvironment environment;
    private final List<Problem> problems = new ArrayList<>();

    private EndpointResolver(EndpointInputs inputs, PredictionEnvironment environment) {
        this.inputs = inputs;
        this.spec = inputs.endpoint().getSpec();
        this.environment = environment;
    }

    /** Resolved, or all that is wrong. */
    public static Resolution resolve(EndpointInputs inputs) {
        String name = inputs.endpoint().getSpec().environmentRef().name();
        if (inputs.environment().isEmpty()) {
            return new Resolution.Dangling(List.of(new Problem(
                    Reason.EnvironmentNotFound,
                    "spec.environmentRef.name",
                    "PredictionEnvironment '" + name + "' does not exist; create it or correct the name")));
        }
        EnvironmentInputs environment = inputs.environment().get();
        return switch (EnvironmentResolver.resolve(environment)) {
            case EnvironmentResolution.Rejected rejected ->
                new Resolution.Invalid(List.of(new Problem(
                        Reason.EnvironmentInvalid,
                        "spec.environmentRef.name",
                        "environment '" + name + "' is not accepted: "
                                + rejected.problems().getFirst() + "; the platform team must correct it")));
            case EnvironmentResolution.Accepted ignored ->
                new EndpointResolver(inputs, environment.environment()).resolve();
        };
    }

    private Resolution resolve() {
        problems.addAll(UnsupportedFields.ofEndpoint(ResourceJson.of(inputs.endpoint())));
        Roles roles =
                Roles.of(spec.contract().access().roles(), environment.getSpec().issuers(), inputs.serves());
        problems.addAll(roles.problems());
        checkSchema(spec.contract().requestOrDefault());
        problems.addAll(
                GuardrailProblems.in("spec.contract.guardrails", spec.contract().guardrails()));
        ResponseRules response = spec.contract().response();
        if (response != null) {
            problems.addAll(GuardrailProblems.kinds("spec.contract.response.redact", response.redact()));
        }
        problems.addAll(
                RouteProblems.in(spec.contract(), environment.getSpec().google().locations()));
        checkCanonical();
        checkRivals();
        HostNames.conflict(inputs).ifPresent(problems::add);
        Optional<String> location = location(environment.getSpec().google());
        Optional<WantedModel> model = WantedModel.of(spec);
        if (model.isEmpty()) {
            problems.add(new Problem(
                    Reason.InvalidSpec,
                    "spec.placement",
                    "a deployed model needs placement.model, an existing one placement.endpoint.id; set it"));
        }
        if (model.isEmpty() || location.isEmpty()) {
            return new Resolution.Invalid(problems);
        }
        List<Surface> asked = spec.contract().surfaces();
        problems.addAll(Surfaces.problems(asked, model.get()));
        List<Surface> surfaces = Surfaces.of(asked, model.get());
        problems.addAll(LimitCheck.problems(spec, environment.getSpec(), surfaces));
        checkCache(response, model.get());
        return switch (Grants.covering(inputs, environment, model.get(), surfaces)) {
            case Grants.Uncovered uncovered ->
                inputs.serves()
                        ? resolved(Optional.empty(), model.get(), location.get(), surfaces, roles)
                        : refused(uncovered.problems());
            case Grants.Covered covered ->
                resolved(Optional.of(covered.grant()), model.get(), location.get(), surfaces, roles);
        };
    }

    private Resolution resolved(
            Optional<Grant> grant, WantedModel model, String location, List<Surface> surfaces, Roles roles) {
        return problems.isEmpty()
                ? new Resolution.Resolved(inputs, environment, grant, model, location, surfaces, roles.resolved())
                : new Resolution.Invalid(problems);
    }

    /** Equal requests to a deployed model may come to another version of it, which a gateway cannot tell. */
    private void checkCache(@Nullable ResponseRules response, WantedModel model) {
        if (response != null && response.cache() != null && !(model instanceof WantedModel.Publisher)) {
            problems.add(new Problem(
                    Reason.NotSupportedYet,
                    "spec.contract.response.cache",
                    "not implemented for models on endpoints, whose version may change under the cache; remove it"));
        }
    }

    private Resolution refused(List<Problem> uncovered) {
        if (problems.isEmpty()) {
            return new Resolution.NotPermitted(uncovered);
        }
        problems.addAll(uncovered);
        return new Resolution.Invalid(problems);
    }

    private void checkSchema(RequestRules request) {
        request.schemaIfAny().ifPresent(schema -> {
            try {
                RequestSchema.compile(schema);
            } catch (InvalidSchemaException e) {
                problems.add(new Problem(
                        Reason.InvalidSchema,
                        "spec.contract.request.schema" + e.pointer(),
                        e.getMessage() + "; correct the schema"));
            }
        });
    }

    /** The contract is known by its digest, so it must have one. */
    private void checkCanonical() {
        try {
            CanonicalJson.bytes(ResourceJson.ofPart(spec.contract()));
        } catch (InvalidPolicyException e) {
            problems.add(new Problem(Reason.InvalidSpec, "spec.contract" + e.pointer(), e.problem()));
        }
    }

    private void checkRivals() {
        inputs.rivals().stream()
                .filter(rival -> rival.getMetadata().getDeletionTimestamp() == null)
                .filter(rival -> Application.BY_AGE.compare(rival, inputs.endpoint()) < 0)
                .min(Application.BY_AGE)
                .ifPresent(older -> problems.add(new Problem(
                        Reason.DuplicateApplication,
                        "metadata.labels['" + Application.LABEL + "']",
                        "application '" + Application.nameOf(inputs.endpoint())
                                + "' of this tenant is already in the environment, as "
                                + older.getMetadata().getNamespace() + "/"
                                + older.getMetadata().getName()
                                + "; remove one, or set this label to another application")));
    }

    private Optional<String> location(GoogleSettings google) {
        String asked = spec.placementOrDefault().location();
        Optional<String> location = asked == null ? google.defaultLocationOrOnly() : Optional.of(asked);
        String allowed = String.join(", ", google.locations());
        if (location.isEmpty()) {
            problems.add(new Problem(
                    Reason.LocationNotAllowed,
                    "spec.placement.location",
                    "the environment has several locations and no default; set one of " + allowed));
        } else if (!google.locations().contains(location.get())) {
            problems.add(new Problem(
                    Reason.LocationNotAllowed,
                    "spec.placement.location",
                    "'" + location.get() + "' is not a location of the environment; use one of " + allowed));
            return Optional.empty();
        }
        return location;
    }
}
