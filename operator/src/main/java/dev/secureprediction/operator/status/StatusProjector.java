package dev.secureprediction.operator.status;

import dev.secureprediction.operator.api.v1alpha1.SecurePredictionEndpoint;
import dev.secureprediction.operator.api.v1alpha1.status.EndpointStatus;
import dev.secureprediction.operator.plan.EndpointPlan;
import java.time.Clock;
import java.util.List;

/**
 * From what was wanted and what was seen to the status of an endpoint. Pure but for the clock, which is asked only
 * when a condition turns; it never writes. A status in which nothing changed is the previous object itself.
 */
public final class StatusProjector {

    private final Clock clock;

    /** A projector that takes transition times from this clock. */
    public StatusProjector(Clock clock) {
        this.clock = clock;
    }

    /**
     * Projects.
     *
     * <p>For a refused plan, {@code observed} should still hold the gateway's pods, so that Available stays true to
     * them; with {@link Observed#NOTHING} what was known before is kept.
     */
    public Projection<EndpointStatus> project(EndpointPlan plan, Observed observed) {
        SecurePredictionEndpoint endpoint = plan.inputs().endpoint();
        EndpointStatus before = endpoint.getStatus() == null ? EndpointStatus.EMPTY : endpoint.getStatus();
        EndpointStatus after = new EndpointProjection(plan, observed, before, clock).status();
        return after.equals(before)
                ? new Projection<>(before, false, List.of())
                : new Projection<>(after, true, EndpointEvents.between(before, after));
    }
}
