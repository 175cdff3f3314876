package dev.secureprediction.operator.plan;

import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.promotion.AdmittedBy;
import dev.secureprediction.operator.resolve.EndpointInputs;
import dev.secureprediction.operator.resolve.EndpointResolver;
import dev.secureprediction.operator.resolve.Problem;
import dev.secureprediction.operator.resolve.Resolution;
import dev.secureprediction.policy.codec.InvalidPolicyException;
import dev.secureprediction.policy.codec.PolicyCodec;
import java.util.List;
import java.util.Optional;

/** What an endpoint comes to: everything wanted for it, or why nothing new is. */
public sealed interface EndpointPlan {

    /** Largest policy that fits into a ConfigMap (1 MiB) beside keys, revocations and metadata, in bytes. */
    int MAX_POLICY_BYTES = 768 * 1024;

    /** The inputs that it was made from. */
    EndpointInputs inputs();

    /** This should exist. */
    record Wanted(EndpointInputs inputs, DesiredState state, Admission.In admission) implements EndpointPlan {}

    /** This is accepted, but waits for a verification; something else serves meanwhile, if anything was ever admitted. */
    record Held(EndpointInputs inputs, DesiredState wanted, Admission.Held gate, Optional<InForce> serving)
            implements EndpointPlan {}

    /** Nothing new; what serves keeps serving. */
    record Refused(EndpointInputs inputs, List<Problem> problems) implements EndpointPlan {

        public Refused {
            problems = List.copyOf(problems);
        }
    }

    /** Resolves and plans. */
    static EndpointPlan of(EndpointInputs inputs) {
        return switch (EndpointResolver.resolve(inputs)) {
            case Resolution.Refused refused -> new Refused(inputs, refused.problems());
            case Resolution.Resolved resolved -> gated(checked(inputs, resolved));
        };
    }

    /** What should exist, whatever the gate says; empty when it is refused. */
    static Optional<DesiredState> ungated(EndpointInputs inputs) {
        return EndpointResolver.resolve(inputs) instanceof Resolution.Resolved resolved
                        && checked(inputs, resolved) instanceof Wanted wanted
                ? Optional.of(wanted.state())
                : Optional.empty();
    }

    private static EndpointPlan gated(EndpointPlan plan) {
        if (!(plan instanceof Wanted wanted)) {
            return plan;
        }
        DesiredState state = wanted.state();
        return switch (Gate.decide(
                wanted.inputs(), state.contractDigest(), state.gateway().image())) {
            case Admission.In in -> new Wanted(wanted.inputs(), state, in);
            case Admission.Held held -> new Held(wanted.inputs(), state, held, InForce.whileHeld(wanted.inputs()));
        };
    }

    /** A bundle that its gateway would not load is never written: what gateways check is checked here first. */
    private static EndpointPlan checked(EndpointInputs inputs, Resolution.Resolved resolved) {
        try {
            DesiredState state = DesiredStatePlanner.plan(resolved);
            byte[] policy = PolicyCodec.write(state.bundle());
            if (policy.length > MAX_POLICY_BYTES) {
                return new Refused(inputs, List.of(tooLarge(policy.length)));
            }
            PolicyCodec.read(policy);
            return new Wanted(inputs, state, new Admission.In(AdmittedBy.NoGate, "not asked"));
        } catch (InvalidPolicyException e) {
            return new Refused(
                    inputs,
                    List.of(new Problem(
                            Reason.InvalidSpec,
                            "spec",
                            "compiles to a policy that gateways refuse, at " + e.pointer() + ": " + e.problem())));
        }
    }

    private static Problem tooLarge(int size) {
        return new Problem(
                Reason.ContractTooLarge,
                "spec.contract",
                "compiles to " + size / 1024 + " KiB, the limit is " + MAX_POLICY_BYTES / 1024
                        + " KiB; shorten the request schema or the roles' expressions");
    }
}
