package dev.secureprediction.gateway.server;

import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ids of calls: UUIDs of version 8 (RFC 9562, section 5.8), unique by this process's random half and a counter. Nobody
 * relies on their being hard to guess, so that no call pays for random bytes.
 */
final class RequestIds {
    private static final long VERSION = 0x8000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long MASK = ~VARIANT & ~0x4000_0000_0000_0000L;

    private static final RequestIds PROCESS = new RequestIds(new SecureRandom());

    private final long prefix;
    private final AtomicLong counter;

    private RequestIds(SecureRandom random) {
        prefix = (random.nextLong() & ~0xF000L) | VERSION;
        counter = new AtomicLong(random.nextLong());
    }

    /** The next id of this process. */
    static String next() {
        return new UUID(PROCESS.prefix, (PROCESS.counter.incrementAndGet() & MASK) | VARIANT).toString();
    }
}
