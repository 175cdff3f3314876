package dev.secureprediction.operator.tls;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/** How long certificates live, and when their successors are made. */
final class Lifetime {

    static final Duration LEAF = Duration.ofDays(90);

    /** Long enough that its last third, in which its successor is already published, covers two leaves. */
    static final Duration AUTHORITY = Duration.ofDays(730);

    private Lifetime() {}

    /** A successor is due after two thirds of a lifetime. */
    static boolean isDue(X509Certificate certificate, Instant now) {
        var from = certificate.getNotBefore().toInstant();
        var whole = Duration.between(from, certificate.getNotAfter().toInstant());
        return !now.isBefore(from.plus(whole.multipliedBy(2).dividedBy(3)));
    }

    static boolean isOver(X509Certificate certificate, Instant now) {
        return now.isAfter(certificate.getNotAfter().toInstant());
    }
}
