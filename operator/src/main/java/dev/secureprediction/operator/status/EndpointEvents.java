package dev.secureprediction.operator.status;

import dev.secureprediction.operator.api.v1alpha1.ConditionType;
import dev.secureprediction.operator.api.v1alpha1.status.AdmissionStatus;
import dev.secureprediction.operator.api.v1alpha1.status.DriftEntry;
import dev.secureprediction.operator.api.v1alpha1.status.EndpointStatus;
import dev.secureprediction.operator.api.v1alpha1.status.PlanStatus;
import dev.secureprediction.operator.promotion.AdmittedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a change of an endpoint's status is worth telling. */
final class EndpointEvents {

    private EndpointEvents() {}

    /** Events for the step from one status to the next; none when they are the same. */
    static List<StatusEvent> between(EndpointStatus before, EndpointStatus after) {
        List<StatusEvent> events = new ArrayList<>();
        Transitions turns = new Transitions(before.conditions(), after.conditions());
        turns.stalled().ifPresent(events::add);
        String admitted = after.admittedContractDigest();
        turns.turnedTrue(ConditionType.Ready)
                .ifPresent(ready -> events.add(StatusEvent.normal(
                        "Ready", "everything is in force at " + after.url() + ", by contract " + admitted)));
        turns.turnedAway(ConditionType.Available)
                .ifPresent(gone -> events.add(StatusEvent.warning(gone.reason(), gone.message())));
        String last = before.admittedContractDigest();
        if (admitted != null && last != null && !admitted.equals(last)) { // Ready tells of the first
            events.add(StatusEvent.normal("ContractAdmitted", "gateways serve contract " + admitted));
        }
        turns.heldAtGate().ifPresent(events::add);
        turns.turnedAway(ConditionType.Consistent)
                .filter(gone -> gone.status().equals("False"))
                .ifPresent(gone -> events.add(StatusEvent.warning(gone.reason(), gone.message())));
        AdmissionStatus admission = after.admission();
        if (admission != null
                && admission.by().equals(AdmittedBy.Exception.name())
                && !admission.equals(before.admission())) {
            events.add(StatusEvent.warning(
                    "GateBypassed", "contract " + admitted + " was admitted by an " + admission.basis()));
        }
        PlanStatus plan = after.plan();
        if (plan != null && !plan.equals(before.plan())) {
            events.add(StatusEvent.normal(
                    "ChangesHeld",
                    "plan " + plan.hash() + " is not made yet, see status.plan: " + String.join("; ", plan.changes())));
        }
        after.drift().forEach(entry -> drift(entry, before.drift(), events));
        return events;
    }

    private static void drift(DriftEntry entry, List<DriftEntry> before, List<StatusEvent> events) {
        Optional<DriftEntry> known = before.stream()
                .filter(old -> old.resource().equals(entry.resource())
                        && old.field().equals(entry.field())
                        && old.detectedAt().equals(entry.detectedAt()))
                .findFirst();
        String what = entry.resource() + " " + entry.field() + ": found '" + entry.observed() + "', wanted '"
                + entry.desired() + "'";
        if (known.isEmpty()) {
            events.add(StatusEvent.warning("DriftDetected", what));
        }
        String reverted = entry.revertedAt();
        if (reverted != null
                && !Objects.equals(known.map(DriftEntry::revertedAt).orElse(null), reverted)) {
            events.add(StatusEvent.normal("DriftCorrected", what));
        }
    }
}
