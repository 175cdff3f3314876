package dev.secureprediction.operator.plan;

import dev.secureprediction.operator.api.v1alpha1.Revoked;
import dev.secureprediction.operator.api.v1alpha1.RevokedSubject;
import dev.secureprediction.operator.api.v1alpha1.RevokedToken;
import dev.secureprediction.operator.resolve.EndpointInputs;
import dev.secureprediction.policy.model.Revocations;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who is refused: the environment's list and the endpoint's own. Stands apart, since it holds for refused contracts too. */
public final class RevocationPlanner {

    private RevocationPlanner() {}

    /** Sorted, each once. */
    public static Revocations plan(EndpointInputs inputs) {
        Optional<Revoked> everywhere =
                inputs.environment().map(found -> found.environment().getSpec().revokedOrNone());
        Revoked here = inputs.endpoint().getSpec().revokedOrNone();
        return new Revocations(subjects(everywhere, here), tokens(everywhere, here));
    }

    private static List<Revocations.Subject> subjects(Optional<Revoked> everywhere, Revoked here) {
        Stream<RevokedSubject> all = Stream.concat(
                everywhere.stream().flatMap(revoked -> revoked.subjects().stream()), here.subjects().stream());
        return all.map(subject -> new Revocations.Subject(subject.issuer(), subject.subject()))
                .distinct()
                .sorted(Comparator.comparing(Revocations.Subject::issuer).thenComparing(Revocations.Subject::subject))
                .toList();
    }

    private static List<Revocations.TokenId> tokens(Optional<Revoked> everywhere, Revoked here) {
        Stream<RevokedToken> all = Stream.concat(
                everywhere.stream().flatMap(revoked -> revoked.tokenIDs().stream()), here.tokenIDs().stream());
        return all.map(token -> new Revocations.TokenId(token.issuer(), token.id()))
                .distinct()
                .sorted(Comparator.comparing(Revocations.TokenId::issuer).thenComparing(Revocations.TokenId::id))
                .toList();
    }
}
