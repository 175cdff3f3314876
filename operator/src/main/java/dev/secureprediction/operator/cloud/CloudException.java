package dev.secureprediction.operator.cloud;

import java.time.Duration;
import java.util.Optional;

/** Why a call to Google Cloud did not do what was asked. Messages hold no credential and no stack. */
@SuppressWarnings("serial") // never serialized
public abstract sealed class CloudException extends RuntimeException {

    private CloudException(String message) {
        super(message);
    }

    /** Whether the same call may succeed later with nobody doing anything. */
    public boolean transientFailure() {
        return false;
    }

    /** How long Google asks to wait. */
    public Optional<Duration> retryAfter() {
        return Optional.empty();
    }

    /** A permission is missing. */
    public static final class Denied extends CloudException {

        private final String permission;
        private final String resource;

        /**
         * A refusal.
         *
         * @param permission such as `iam.roles.get`
         * @param resource what it was needed on
         */
        public Denied(String permission, String resource) {
            super("permission " + permission + " is missing on " + resource);
            this.permission = permission;
            this.resource = resource;
        }

        /** The missing permission. */
        public String permission() {
            return permission;
        }

        /** What it was needed on. */
        public String resource() {
            return resource;
        }
    }

    /** The resource is not there. */
    public static final class NotFound extends CloudException {

        /** Names the resource. */
        public NotFound(String resource) {
            super(resource + " does not exist");
        }
    }

    /** Somebody else changes the same thing, or it is not in a state for it. */
    public static final class Conflict extends CloudException {

        /** Says what was in the way. */
        public Conflict(String message) {
            super(message);
        }

        @Override
        public boolean transientFailure() {
            return true;
        }
    }

    /** A quota is used up. */
    public static final class QuotaExceeded extends CloudException {

        private final Optional<Duration> retryAfter;

        /** Says which, and how long to wait if Google said so. */
        public QuotaExceeded(String message, Optional<Duration> retryAfter) {
            super(message);
            this.retryAfter = retryAfter;
        }

        @Override
        public boolean transientFailure() {
            return true;
        }

        @Override
        public Optional<Duration> retryAfter() {
            return retryAfter;
        }
    }

    /** Google did not answer, or answered that it cannot now. */
    public static final class Unavailable extends CloudException {

        private final Optional<Duration> retryAfter;

        /** Says what failed, and how long to wait if Google said so. */
        public Unavailable(String message, Optional<Duration> retryAfter) {
            super(message);
            this.retryAfter = retryAfter;
        }

        @Override
        public boolean transientFailure() {
            return true;
        }

        @Override
        public Optional<Duration> retryAfter() {
            return retryAfter;
        }
    }

    /** What was made a moment ago is not seen everywhere yet. */
    public static final class Propagating extends CloudException {

        /** Names what is not seen yet. */
        public Propagating(String message) {
            super(message);
        }

        @Override
        public boolean transientFailure() {
            return true;
        }
    }

    /** The request itself is wrong: only an edit of the resource or the environment helps. */
    public static final class Invalid extends CloudException {

        /** Says what is wrong, in Google's words. */
        public Invalid(String message) {
            super(message);
        }
    }
}
