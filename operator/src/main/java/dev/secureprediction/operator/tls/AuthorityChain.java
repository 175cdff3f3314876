package dev.secureprediction.operator.tls;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The authorities of one gateway namespace, oldest first. A successor is published a third of a lifetime before it signs, so
 * that callers hold it by the time they meet a certificate of it.
 */
public final class AuthorityChain {

    /** Keys of the Secret that keeps it. */
    public static final String CERTIFICATES = "ca.crt";

    private static final String KEYS = "ca.key";

    private final List<Authority> authorities;

    private AuthorityChain(List<Authority> authorities) {
        this.authorities = List.copyOf(authorities);
    }

    /** A first authority. */
    public static AuthorityChain create(String commonName, Instant now) {
        return new AuthorityChain(List.of(Issuance.authority(commonName, now, Lifetime.AUTHORITY)));
    }

    /**
     * Reads what {@link #secretData} wrote.
     *
     * @throws InvalidPemException when it cannot be read or certificates and keys do not pair up
     */
    public static AuthorityChain read(Map<String, String> data) throws InvalidPemException {
        var certificates = Pem.readCertificates(data.getOrDefault(CERTIFICATES, ""));
        var keys = Pem.readKeys(data.getOrDefault(KEYS, ""));
        if (certificates.isEmpty() || certificates.size() != keys.size()) {
            throw new InvalidPemException("expected as many certificates in " + CERTIFICATES + " as keys in " + KEYS);
        }
        var found = new ArrayList<Authority>();
        for (int i = 0; i < keys.size(); i++) {
            found.add(new Authority(certificates.get(i), keys.get(i)));
        }
        return new AuthorityChain(found);
    }

    /** PEM texts to keep in a Secret. */
    public Map<String, String> secretData() {
        return Map.of(
                CERTIFICATES,
                certificatesPem(),
                KEYS,
                Pem.keys(authorities.stream().map(Authority::key).toList()));
    }

    /** Every authority that a caller should trust, as PEM. */
    public String certificatesPem() {
        return Pem.certificates(certificates());
    }

    public List<X509Certificate> certificates() {
        return authorities.stream().map(Authority::certificate).toList();
    }

    /** Without what has ended, and with a successor where one is due; the same object when neither holds. */
    public AuthorityChain maintained(String commonName, Instant now) {
        var kept = new ArrayList<>(authorities);
        kept.removeIf(authority -> Lifetime.isOver(authority.certificate(), now));
        if (kept.isEmpty() || Lifetime.isDue(kept.getLast().certificate(), now)) {
            kept.add(Issuance.authority(commonName, now, Lifetime.AUTHORITY));
        }
        return kept.equals(authorities) ? this : new AuthorityChain(kept);
    }

    /** A new certificate for these names. */
    public Leaf issue(List<String> dnsNames, Instant now) {
        return Issuance.leaf(signer(now), dnsNames, now, Lifetime.LEAF);
    }

    /** The certificate as it should be: the given one while it serves, else a new one. */
    public Leaf current(Optional<Leaf> existing, List<String> dnsNames, Instant now) {
        return existing.filter(leaf -> leaf.covers(dnsNames) && isOurs(leaf))
                .filter(leaf -> !Lifetime.isDue(leaf.certificate(), now))
                .orElseGet(() -> issue(dnsNames, now));
    }

    private boolean isOurs(Leaf leaf) {
        return authorities.stream().anyMatch(authority -> leaf.isSignedBy(authority.certificate()));
    }

    /** The oldest that outlives a leaf made now. */
    private Authority signer(Instant now) {
        var needed = now.plus(Lifetime.LEAF);
        return authorities.stream()
                .filter(authority ->
                        !authority.certificate().getNotAfter().toInstant().isBefore(needed))
                .findFirst()
                .orElseGet(authorities::getLast);
    }

    @Override
    public String toString() {
        return "AuthorityChain" + authorities;
    }
}
