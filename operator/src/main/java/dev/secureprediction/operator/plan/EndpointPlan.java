package dev.secureprediction.operator.plan;

import dev.secureprediction.operator.api.v1alpha1.Reason;
import dev.secureprediction.operator.resolve.EndpointInputs;
import dev.secureprediction.operator.resolve.EndpointResolver;
import dev.secureprediction.operator.resolve.Problem;
import dev.secureprediction.operator.resolve.Resolution;
import dev.secureprediction.policy.codec.InvalidPolicyException;
import dev.secureprediction.policy.codec.PolicyCodec;
import java.util.List;

/** What an endpoint comes to: everything wanted for it, or why nothing new is. */
public sealed interface EndpointPlan {

    /** Largest policy that fits into a ConfigMap (1 MiB) beside keys, revocations and metadata, in bytes. */
    int MAX_POLICY_BYTES = 768 * 1024;

    /** The inputs that it was made from. */
    EndpointInputs inputs();

    /** This should exist. */
    record Wanted(EndpointInputs inputs, DesiredState state) implements EndpointPlan {}

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
            case Resolution.Resolved resolved -> checked(inputs, resolved);
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
            return new Wanted(inputs, state);
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
