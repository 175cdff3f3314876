package dev.secureprediction.sandbox.cloud.vertex;

import com.google.longrunning.Operation;
import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import com.google.rpc.Status;
import dev.secureprediction.sandbox.cloud.error.GoogleErrors;
import dev.secureprediction.sandbox.cloud.iam.Projects;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Long running operations. What one does happens when its time has come, at the first look at the state after that; no
 * thread waits for it.
 */
public final class Operations {

    private record Pending(OperationKind kind, String name, Instant due, Supplier<Message> effect) {}

    private final InstantSource clock;
    private final Projects projects;
    private final SecureRandom random = new SecureRandom();
    private final Map<OperationKind, Duration> durations = new EnumMap<>(OperationKind.class);
    private final Map<OperationKind, Deque<Code>> failures = new EnumMap<>(OperationKind.class);
    private final Map<String, Operation> operations = new LinkedHashMap<>();
    private final Map<String, Pending> pending = new LinkedHashMap<>();

    public Operations(InstantSource clock, Projects projects) {
        this.clock = clock;
        this.projects = projects;
    }

    /** How long operations of a kind take that start from now on. */
    public synchronized void takes(OperationKind kind, Duration duration) {
        durations.put(kind, duration);
    }

    /** Operations take their usual time again. */
    public synchronized void takeUsual() {
        durations.clear();
    }

    /** The next operation of a kind is accepted, takes its time and then fails without an effect. */
    public synchronized void failNext(OperationKind kind, Code code) {
        failures.computeIfAbsent(kind, k -> new ArrayDeque<>()).add(code);
    }

    /** How many operations have not ended. */
    public int running() {
        settle();
        synchronized (this) {
            return pending.size();
        }
    }

    /** Whether an operation of this kind on a resource has not ended. */
    synchronized boolean running(OperationKind kind, String resource) {
        String prefix = projects.withNumber(resource) + "/operations/";
        return pending.values().stream()
                .anyMatch(operation ->
                        operation.kind() == kind && operation.name().startsWith(prefix));
    }

    /** Whether an operation has not ended. */
    synchronized boolean running(String name) {
        return pending.containsKey(name);
    }

    /** Starts an operation on a resource; the effect makes the response. */
    synchronized Operation start(OperationKind kind, String resource, Message metadata, Supplier<Message> effect) {
        String name =
                projects.withNumber(resource) + "/operations/" + random.nextLong(1_000_000_000_000L, Long.MAX_VALUE);
        Deque<Code> due = failures.getOrDefault(kind, new ArrayDeque<>());
        Supplier<Message> outcome = due.isEmpty() ? effect : failure(due.removeFirst());
        Operation operation = Operation.newBuilder()
                .setName(name)
                .setMetadata(Any.pack(metadata))
                .build();
        operations.put(name, operation);
        pending.put(
                name,
                new Pending(kind, name, clock.instant().plus(durations.getOrDefault(kind, kind.usual())), outcome));
        return operation;
    }

    /** An operation, done or not. */
    public Operation get(String name) {
        settle();
        synchronized (this) {
            return Optional.ofNullable(operations.get(projects.withNumber(name)))
                    .orElseThrow(() -> GoogleErrors.notFound("The operation " + name + " is not found."));
        }
    }

    /** The operations on a resource and what it holds, oldest first. */
    public List<Operation> list(String resource) {
        settle();
        String prefix = projects.withNumber(resource) + "/";
        synchronized (this) {
            return operations.values().stream()
                    .filter(operation -> operation.getName().startsWith(prefix))
                    .toList();
        }
    }

    /** Lets what is due happen, in the order of the start. */
    void settle() {
        // effects lock the endpoints, whose holders come here: so never under this object's own lock
        for (Optional<Pending> due = takeDue(); due.isPresent(); due = takeDue()) {
            end(due.get().name(), outcome(due.get().effect()));
        }
    }

    private synchronized Optional<Pending> takeDue() {
        Instant now = clock.instant();
        Optional<Pending> due = pending.values().stream()
                .filter(operation -> !operation.due().isAfter(now))
                .findFirst();
        due.ifPresent(operation -> pending.remove(operation.name()));
        return due;
    }

    private synchronized void end(String name, UnaryOperator<Operation.Builder> outcome) {
        operations.computeIfPresent(
                name,
                (n, operation) ->
                        outcome.apply(operation.toBuilder().setDone(true)).build());
    }

    private static UnaryOperator<Operation.Builder> outcome(Supplier<Message> effect) {
        try {
            Any response = Any.pack(effect.get());
            return operation -> operation.setResponse(response);
        } catch (StatusRuntimeException e) {
            Status error = Optional.ofNullable(StatusProto.fromThrowable(e)).orElse(Status.getDefaultInstance());
            return operation -> operation.setError(error);
        }
    }

    private static Supplier<Message> failure(Code code) {
        return () -> {
            throw GoogleErrors.of(code, "The operation failed: " + code + ".");
        };
    }
}
