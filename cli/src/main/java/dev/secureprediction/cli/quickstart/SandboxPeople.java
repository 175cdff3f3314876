package dev.secureprediction.cli.quickstart;

import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.cloud.observe.PredictionFault;
import dev.secureprediction.sandbox.issuer.Person;
import java.time.Duration;

/** The people, issuer and model of a running sandbox. */
public final class SandboxPeople implements People {

    /** Longer than the samples' `firstByteMilliseconds`. */
    private static final Duration LATE = Duration.ofSeconds(8);

    private final Sandbox sandbox;

    public SandboxPeople(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    @Override
    public String token(String user, String audience) {
        return sandbox.issuer().token(user, audience);
    }

    @Override
    public String expiredToken(String user, String audience) {
        Person person = Person.sandboxPeople().stream()
                .filter(known -> known.username().equals(user))
                .findFirst()
                .orElseThrow();
        return sandbox.issuer()
                .newToken()
                .person(person)
                .audience(audience)
                .expired()
                .build();
    }

    @Override
    public void rotateKey() {
        sandbox.issuer().rotateWithoutOverlap();
    }

    @Override
    public void makeNextAnswerLate() {
        sandbox.cloud().faults().nextPrediction(new PredictionFault.Delay(LATE));
    }
}
