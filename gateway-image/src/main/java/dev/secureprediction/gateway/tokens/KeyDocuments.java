package dev.secureprediction.gateway.tokens;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Fetches documents of issuers. An interface so that refresh rules are tested without a network. */
interface KeyDocuments {

    /** A fetched document. */
    final class Document {
        private final byte[] body;
        private final Optional<Duration> maxAge;

        Document(byte[] body, Optional<Duration> maxAge) {
            this.body = body;
            this.maxAge = maxAge;
        }

        byte[] body() {
            return body;
        }

        /** From `Cache-Control` (RFC 9111, section 5.2.2); zero when it must not be kept; absent: unsaid. */
        Optional<Duration> maxAge() {
            return maxAge;
        }
    }

    /** Blocks until the document is there; bounded in size and time, follows no redirect, accepts status 200 only. */
    Document get(URI uri) throws IOException, InterruptedException;
}
