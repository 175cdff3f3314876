package dev.secureprediction.cli.quickstart;

import java.util.List;

/** Makes the calls and prints how they went. */
public final class QuickStart {

    private final People people;
    private final Progress progress;

    public QuickStart(People people, Progress progress) {
        this.people = people;
        this.progress = progress;
    }

    /**
     * Every call against the first endpoint, and a prediction against each of the others.
     *
     * @return whether all went as expected
     */
    public boolean run(List<Target> targets) {
        boolean asExpected = true;
        for (Target target : targets) {
            progress.step("Calls to " + target.environment() + ", " + target.url());
            try (GatewayClient gateway = GatewayClient.to(target)) {
                List<Call> calls = Calls.of(target, gateway, people);
                for (Call call : target.equals(targets.getFirst()) ? calls : calls.subList(0, 1)) {
                    Call.Outcome outcome = call.run();
                    progress.detail(outcome.line());
                    asExpected &= outcome.wrong().isEmpty();
                }
            }
        }
        return asExpected;
    }
}
