package dev.secureprediction.operator.apply;

import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.plan.DesiredGateway;
import dev.secureprediction.operator.plan.DesiredRoute;
import dev.secureprediction.operator.resolve.Problem;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicy;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatus;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Objects of the Gateway API, where the cluster serves that. Whether it does is looked at once, as the operator starts: a watch of
 * what is not served would not begin.
 *
 * @param routes absent where it does not
 * @param tls likewise
 */
record OwnedRoutes(Optional<OwnedKind<HTTPRoute>> routes, Optional<OwnedKind<BackendTLSPolicy>> tls) {

    private static final String ACCEPTED = "Accepted";
    private static final String FIELD = "spec.placement.exposure.parentRef";

    static OwnedRoutes watched(String installationId, EventSourceContext<SecurePredictionEndpoint> context) {
        var client = context.getClient();
        return client.supports(HTTPRoute.class) && client.supports(BackendTLSPolicy.class)
                ? new OwnedRoutes(
                        Optional.of(OwnedKind.watched(HTTPRoute.class, installationId, context)),
                        Optional.of(OwnedKind.watched(BackendTLSPolicy.class, installationId, context)))
                : new OwnedRoutes(Optional.empty(), Optional.empty());
    }

    List<GatewayKind<?>> kinds() {
        return Stream.<Optional<? extends GatewayKind<?>>>of(routes, tls)
                .<GatewayKind<?>>flatMap(Optional::stream)
                .toList();
    }

    boolean serves() {
        return routes.isPresent();
    }

    /** Why callers do not come to the gateway by its route; empty where they do, and where none is asked for. */
    Optional<Problem> problem(SecurePredictionEndpoint endpoint, DesiredGateway gateway) {
        return gateway.route()
                .flatMap(
                        wanted -> routes.map(kind -> kind.of(endpoint).stream()
                                        .filter(route ->
                                                route.getMetadata().getName().equals(gateway.name()))
                                        .findFirst()
                                        .flatMap(route -> answer(route, wanted)))
                                .orElseGet(
                                        () -> Optional.of(
                                                new Problem(
                                                        Reason.GatewayAPIMissing,
                                                        FIELD,
                                                        "the cluster does not serve HTTPRoute and BackendTLSPolicy (gateway.networking.k8s.io/v1);"
                                                                + " install Gateway API 1.4 or later and restart the operator, or remove it"))));
    }

    private static Optional<Problem> answer(HTTPRoute route, DesiredRoute wanted) {
        var parent = wanted.parentNamespace() + "/" + wanted.parentName();
        var said = Stream.ofNullable(route.getStatus())
                .flatMap(status -> status.getParents().stream())
                .filter(status -> isParent(status, wanted))
                .flatMap(status -> status.getConditions().stream())
                .filter(condition -> isNew(condition, route))
                .toList();
        return said.stream()
                .filter(condition -> condition.getStatus().equals("False"))
                .findFirst()
                .map(refused -> new Problem(
                        // what a route refers to may come a moment later than the route
                        refused.getType().equals(ACCEPTED) ? Reason.RouteRefused : Reason.RoutePending,
                        FIELD,
                        "gateway " + parent + " says " + refused.getType() + "=False, " + refused.getReason() + ": "
                                + refused.getMessage()))
                .or(() -> said.stream()
                                .anyMatch(condition -> condition.getType().equals(ACCEPTED))
                        ? Optional.empty()
                        : Optional.of(new Problem(
                                Reason.RoutePending, FIELD, "gateway " + parent + " has not taken the route yet")));
    }

    private static boolean isParent(RouteParentStatus status, DesiredRoute wanted) {
        var parent = status.getParentRef();
        return wanted.parentName().equals(parent.getName())
                && wanted.parentNamespace().equals(parent.getNamespace());
    }

    /** What was said of an older text of the route says nothing of this one. */
    private static boolean isNew(Condition condition, HTTPRoute route) {
        return Objects.requireNonNullElse(condition.getObservedGeneration(), 0L)
                >= Objects.requireNonNullElse(route.getMetadata().getGeneration(), 0L);
    }
}
