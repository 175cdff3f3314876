package dev.secureprediction.gateway.permission;

import dev.secureprediction.gateway.credential.FreshToken;
import dev.secureprediction.gateway.permission.PermissionQuestions.Carrier;
import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.Upstream;
import dev.secureprediction.policy.permission.GatewayPermissions;
import dev.secureprediction.policy.permission.GatewayPermissions.Question;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps what Google says of the gateway's own account: asked again every minute, sooner while something is missing, since a
 * grant takes minutes to spread. Asks on a thread of its own; whoever reads gets the last answer.
 */
public final class PermissionWatch {
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration TOKEN = Duration.ofSeconds(10);

    private final PermissionQuestions questions;
    private final Clock clock;
    private final AtomicBoolean asking = new AtomicBoolean();

    private volatile Optional<Answer> last = Optional.empty();

    /** Where the Authorization header comes from. */
    @FunctionalInterface
    interface Authorization {
        String header() throws IOException, InterruptedException;
    }

    /** Unsettled since when, while something is missing or could not be asked. */
    private record Answer(Upstream upstream, OwnPermissions permissions, Optional<Instant> unsettled, Instant next) {}

    PermissionWatch(PermissionQuestions questions, Clock clock) {
        this.questions = questions;
        this.clock = clock;
    }

    /** Over https, with the system's authorities. */
    public static PermissionWatch overHttps(Clock clock) {
        return new PermissionWatch(new HttpPermissionQuestions(), clock);
    }

    /** The last answer about this upstream; empty until there is one. */
    public Optional<OwnPermissions> of(Upstream upstream) {
        return last.filter(answer -> answer.upstream().equals(upstream)).map(Answer::permissions);
    }

    /** Begins to ask if that is due. Returns at once. */
    public void tick(Upstream upstream, FreshToken token) {
        tick(upstream, () -> authorization(token));
    }

    void tick(Upstream upstream, Authorization authorization) {
        boolean due = last.filter(answer -> answer.upstream().equals(upstream))
                .map(answer -> !clock.instant().isBefore(answer.next()))
                .orElse(true);
        if (due && asking.compareAndSet(false, true)) {
            Thread.ofVirtual().name("own-permissions").start(() -> {
                try {
                    ask(upstream, authorization);
                } finally {
                    asking.set(false);
                }
            });
        }
    }

    private void ask(Upstream upstream, Authorization authorization) {
        List<String> missing = new ArrayList<>();
        List<String> excess = new ArrayList<>();
        List<String> unread = new ArrayList<>();
        for (Question question : GatewayPermissions.questions(GatewayPermissions.kind(upstream.model()))) {
            String resource = resource(upstream, question);
            try {
                List<String> all = new ArrayList<>(question.needed());
                all.addAll(question.tripwires());
                Set<String> held =
                        questions.held(url(upstream, question), carrier(question), all, authorization.header());
                question.needed().stream().filter(name -> !held.contains(name)).forEach(missing::add);
                question.tripwires().stream()
                        .filter(held::contains)
                        .forEach(name -> excess.add(name + " on " + resource));
            } catch (IOException e) {
                unread.add("own permissions on " + resource + ": " + reason(e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        Instant now = clock.instant();
        Optional<Instant> missingSince = missing.isEmpty()
                ? Optional.empty()
                : Optional.of(of(upstream).flatMap(OwnPermissions::missingSince).orElse(now));
        OwnPermissions answer = new OwnPermissions(now, missing, missingSince, excess, unread);
        Optional<Instant> unsettled = missing.isEmpty() && unread.isEmpty()
                ? Optional.empty()
                : last.filter(before -> before.upstream().equals(upstream))
                        .flatMap(Answer::unsettled)
                        .or(() -> Optional.of(now));
        Duration pause = unsettled.map(since -> again(since, now)).orElse(INTERVAL);
        last = Optional.of(new Answer(upstream, answer, unsettled, now.plus(pause)));
    }

    /** What is missing may come soon, and what has been missing for long is not asked for every other second. */
    private static Duration again(Instant since, Instant now) {
        Duration quarter = Duration.between(since, now).dividedBy(4);
        if (quarter.compareTo(SOON) < 0) {
            return SOON;
        }
        return quarter.compareTo(INTERVAL) < 0 ? quarter : INTERVAL;
    }

    private static Carrier carrier(Question question) {
        return switch (question.place()) {
            case Endpoint -> Carrier.Query;
            case Project -> Carrier.Body;
        };
    }

    private static String authorization(FreshToken token) throws IOException, InterruptedException {
        try {
            return token.get().get(TOKEN.toMillis(), TimeUnit.MILLISECONDS).authorization();
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("no credential", e);
        }
    }

    // of exceptions from the network only the kind: their messages name hosts
    private static String reason(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.startsWith("status ") || message.equals("no credential") ? message : "Google did not answer";
    }

    private static String url(Upstream upstream, Question question) {
        return switch (question.place()) {
            // only v1beta1 has a route for the policies of endpoints
            case Endpoint ->
                "https://" + upstream.authority() + "/v1beta1/projects/" + upstream.project() + "/locations/"
                        + upstream.location() + "/" + resource(upstream, question) + ":testIamPermissions";
            case Project ->
                "https://" + upstream.resourceManager().orElse("cloudresourcemanager.googleapis.com") + "/v3/"
                        + resource(upstream, question) + ":testIamPermissions";
        };
    }

    private static String resource(Upstream upstream, Question question) {
        return switch (question.place()) {
            case Endpoint ->
                switch (upstream.model()) {
                    case Model.Endpoint endpoint -> "endpoints/" + endpoint.endpointId();
                    case Model.Publisher publisher ->
                        throw new IllegalArgumentException(publisher.name() + " has no endpoint");
                };
            case Project -> "projects/" + upstream.project();
        };
    }
}
