package dev.secureprediction.gateway.guardrail;

import dev.secureprediction.gateway.error.Refusal;
import dev.secureprediction.gateway.error.RefusedException;
import dev.secureprediction.gateway.surface.Content;
import dev.secureprediction.gateway.surface.Part;
import dev.secureprediction.policy.model.GuardrailStage;
import dev.secureprediction.policy.model.OnError;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The guardrails of one request, one after the other. Every part reaches each of them, or the request is refused. */
final class RequestChain {
    private static final Logger LOG = LoggerFactory.getLogger(RequestChain.class);
    private static final int SHORT = 8_192;

    private final List<Rail> rails;
    private final Guardrails.BodyReader reader;
    private final Verdicts verdicts;
    private final Executor longWork;

    /** A body and what it holds. */
    @SuppressWarnings("ArrayRecordComponent") // never compared; handed on once
    record Read(Content content, byte[] body) {}

    RequestChain(List<Rail> rails, Guardrails.BodyReader reader, Verdicts verdicts, Executor longWork) {
        this.rails = rails;
        this.reader = reader;
        this.verdicts = verdicts;
        this.longWork = longWork;
    }

    CompletableFuture<byte[]> run(Content content, byte[] body) {
        CompletableFuture<Read> chain = CompletableFuture.completedFuture(new Read(content, body));
        for (Rail rail : rails) {
            chain = chain.thenCompose(read -> step(rail, read));
        }
        return chain.thenApply(Read::body);
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private CompletableFuture<Read> step(Rail rail, Read read) {
        long started = System.nanoTime();
        return switch (rail.check()) {
            case Rail.Local local -> {
                CompletableFuture<Read> made = new CompletableFuture<>();
                Runnable work = () -> {
                    try {
                        made.complete(here(rail, local.rule(), read, started));
                    } catch (RefusedException | RuntimeException e) {
                        made.completeExceptionally(e);
                    }
                };
                if (read.body().length <= SHORT) {
                    work.run();
                } else {
                    longWork.execute(work);
                }
                yield made;
            }
            case Rail.Remote remote -> there(rail, remote.screener(), read, started);
        };
    }

    private Read here(Rail rail, LocalRule rule, Read read, long started) throws RefusedException {
        LocalCheck check = new LocalCheck(rule);
        LocalCheck.Result result = check.of(read.content(), read.body());
        if (result instanceof LocalCheck.Unscreenable unscreenable) {
            note(rail, Verdicts.Outcome.Unscreenable, started);
            throw new RefusedException(Refusals.unscreenable(rail, unscreenable.pointer()));
        }
        if (result instanceof LocalCheck.Found) {
            note(rail, Verdicts.Outcome.Blocked, started);
            throw new RefusedException(Refusals.requestBlocked(rail));
        }
        if (result instanceof LocalCheck.Masked masked) {
            note(rail, Verdicts.Outcome.Masked, started);
            byte[] body = Literal.edited(read.body(), masked.edits());
            return new Read(reader.read(body), body);
        }
        note(rail, Verdicts.Outcome.Passed, started);
        return read;
    }

    private CompletableFuture<Read> there(Rail rail, RemoteScreener screener, Read read, long started) {
        List<Screening.Item> items =
                read.content().parts().stream().map(RequestChain::item).toList();
        for (int i = 0; i < items.size(); i++) {
            if (!screener.reads(items.get(i))) {
                return unscreenable(rail, read.content().parts().get(i).pointer(), started);
            }
        }
        if (read.content().unscreenable().isPresent()) {
            return unscreenable(rail, read.content().unscreenable().get(), started);
        }
        List<Screening.Item> full = filled(items, read);
        CompletableFuture<Boolean> asked;
        try {
            asked = screener.passes(new Screening(GuardrailStage.Request, full));
        } catch (RuntimeException e) {
            asked = CompletableFuture.failedFuture(e);
        }
        return asked.handle((passes, failure) -> {
            if (failure != null) {
                LOG.warn("guardrail {} gave no verdict: {}", rail.name(), reason(cause(failure)));
                boolean open = rail.onError() == OnError.Allow;
                note(rail, open ? Verdicts.Outcome.FailedOpen : Verdicts.Outcome.Failed, started);
                return settled(open, read, Refusals.failed(rail));
            }
            note(rail, passes ? Verdicts.Outcome.Passed : Verdicts.Outcome.Blocked, started);
            return settled(passes, read, Refusals.requestBlocked(rail));
        });
    }

    private static Read settled(boolean passes, Read read, Refusal otherwise) {
        if (!passes) {
            throw new CompletionException(new RefusedException(otherwise));
        }
        return read;
    }

    /** The kind of a failure; never its text, which could name a host. */
    static String reason(Throwable failure) {
        return failure instanceof ScreeningFailedException failed
                ? String.valueOf(failed.getMessage())
                : failure.getClass().getSimpleName();
    }

    private CompletableFuture<Read> unscreenable(Rail rail, String pointer, long started) {
        note(rail, Verdicts.Outcome.Unscreenable, started);
        return CompletableFuture.failedFuture(new RefusedException(Refusals.unscreenable(rail, pointer)));
    }

    private static Screening.Item item(Part part) {
        return switch (part) {
            case Part.Text text -> new Screening.Text(text.speaker(), text.text());
            case Part.Inline inline ->
                new Screening.Bytes(inline.mimeType().strip().toLowerCase(Locale.ROOT), "");
            case Part.File file -> new Screening.File(file.uri(), file.mimeType());
        };
    }

    /** The same with the bytes, where it is bytes. */
    static Screening.Item item(Part part, byte[] body) {
        return item(part) instanceof Screening.Bytes bytes && part instanceof Part.Inline inline
                ? new Screening.Bytes(bytes.mimeType(), InlineBytes.base64(inline, body))
                : item(part);
    }

    /** Bytes are taken out of the body only once it is clear that they are wanted. */
    private static List<Screening.Item> filled(List<Screening.Item> items, Read read) {
        List<Screening.Item> full = new java.util.ArrayList<>(items);
        for (int i = 0; i < full.size(); i++) {
            if (full.get(i) instanceof Screening.Bytes bytes
                    && read.content().parts().get(i) instanceof Part.Inline inline) {
                full.set(i, new Screening.Bytes(bytes.mimeType(), InlineBytes.base64(inline, read.body())));
            }
        }
        return full;
    }

    private void note(Rail rail, Verdicts.Outcome outcome, long started) {
        verdicts.add(rail, GuardrailStage.Request, outcome, Duration.ofNanos(System.nanoTime() - started));
    }
}
