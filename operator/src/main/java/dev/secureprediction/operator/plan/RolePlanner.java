package dev.secureprediction.operator.plan;

import dev.secureprediction.operator.api.v1alpha1.endpoint.DataRules;
import dev.secureprediction.operator.api.v1alpha1.endpoint.Limits;
import dev.secureprediction.operator.api.v1alpha1.endpoint.Role;
import dev.secureprediction.operator.api.v1alpha1.endpoint.Route;
import dev.secureprediction.operator.api.v1alpha1.endpoint.SafetySettings;
import dev.secureprediction.policy.model.LimitScope;
import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.RoleRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Completes resolved roles: how much, of what, and where. */
final class RolePlanner {

    private RolePlanner() {}

    /**
     * The roles of a bundle.
     *
     * @param asked as the contract has them
     * @param resolved the same, in the same order, issuers filled in
     */
    static List<dev.secureprediction.policy.model.Role> of(
            List<Role> asked,
            List<dev.secureprediction.policy.model.Role> resolved,
            GoogleAddresses addresses,
            String location,
            Model model) {
        List<dev.secureprediction.policy.model.Role> planned = new ArrayList<>();
        for (int i = 0; i < resolved.size(); i++) {
            Role role = asked.get(i);
            dev.secureprediction.policy.model.Role known = resolved.get(i);
            planned.add(new dev.secureprediction.policy.model.Role(
                    known.name(),
                    known.issuers(),
                    known.when(),
                    known.actions(),
                    Optional.ofNullable(role.limits()).map(RolePlanner::limits),
                    data(role.data()),
                    Optional.ofNullable(role.route()).map(route -> route(route, addresses, location, model))));
        }
        return List.copyOf(planned);
    }

    private static dev.secureprediction.policy.model.Limits limits(Limits limits) {
        return new dev.secureprediction.policy.model.Limits(
                limits.per() == null
                        ? LimitScope.Subject
                        : LimitScope.valueOf(limits.per().name()),
                count(limits.requestsPerMinute()),
                count(limits.tokensPerMinute()),
                count(limits.maxOutputTokens()),
                count(limits.maxConcurrent()));
    }

    private static Optional<Long> count(@Nullable Integer value) {
        return Optional.ofNullable(value).map(Integer::longValue);
    }

    private static dev.secureprediction.policy.model.DataRules data(@Nullable DataRules data) {
        if (data == null) {
            return dev.secureprediction.policy.model.DataRules.PLAIN_CONTENT;
        }
        return new dev.secureprediction.policy.model.DataRules(
                data.tools(),
                data.storagePrefixes(),
                Boolean.TRUE.equals(data.cachedContent()),
                Objects.requireNonNullElse(data.candidates(), 1),
                data.safetySettings() == SafetySettings.Open,
                data.trafficTiers());
    }

    private static RoleRoute route(Route route, GoogleAddresses addresses, String location, Model model) {
        String there = Objects.requireNonNullElse(route.location(), location);
        Model wanted = model instanceof Model.Publisher publisher && route.publisherModel() != null
                ? new Model.Publisher(publisher.publisher(), route.publisherModel())
                : model;
        return new RoleRoute(addresses.vertex(there), there, wanted);
    }
}
