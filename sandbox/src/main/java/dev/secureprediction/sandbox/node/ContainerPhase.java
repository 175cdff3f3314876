package dev.secureprediction.sandbox.node;

import dev.secureprediction.sandbox.process.ChildProcess;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Where a container stands. */
sealed interface ContainerPhase {

    /** As the pod's status writes it. */
    ContainerState state();

    /**
     * Not running; tried again at {@code retryAt}.
     *
     * @param reason for instance ContainerCreating, ImagePullBackOff, CrashLoopBackOff
     */
    record Waiting(String reason, String message, Instant retryAt) implements ContainerPhase {

        @Override
        public ContainerState state() {
            return new ContainerStateBuilder()
                    .withNewWaiting()
                    .withReason(reason)
                    .withMessage(message.isEmpty() ? null : message)
                    .endWaiting()
                    .build();
        }
    }

    /** A process. */
    record Running(ChildProcess process, Prober prober, Instant startedAt) implements ContainerPhase {

        @Override
        public ContainerState state() {
            return new ContainerStateBuilder()
                    .withNewRunning()
                    .withStartedAt(text(startedAt))
                    .endRunning()
                    .build();
        }
    }

    /** Ended, and not started again. */
    record Terminated(int exitCode, Instant startedAt, Instant finishedAt) implements ContainerPhase {

        @Override
        public ContainerState state() {
            var builder = new ContainerStateBuilder()
                    .withNewTerminated()
                    .withExitCode(exitCode)
                    .withReason(exitCode == 0 ? "Completed" : "Error")
                    .withStartedAt(text(startedAt))
                    .withFinishedAt(text(finishedAt));
            // what a shell adds to a signal's number
            return (exitCode > 128 ? builder.withSignal(exitCode - 128) : builder)
                    .endTerminated()
                    .build();
        }
    }

    /** RFC 3339 in whole seconds, as Kubernetes writes times. */
    static String text(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
