package dev.secureprediction.gateway.policy;

import dev.secureprediction.gateway.tokens.KeyRegistry;
import dev.secureprediction.gateway.tokens.RevocationList;
import dev.secureprediction.policy.codec.IssuerKeysCodec;
import dev.secureprediction.policy.codec.RevocationsCodec;
import dev.secureprediction.policy.model.IssuerKeys;
import dev.secureprediction.policy.model.Revocations;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings files into force: reads, checks, tests, swaps. Revocations and issuer keys come before the policy, so that no
 * policy ever serves without them. Whatever fails leaves the one before in force. For one thread.
 */
public final class PolicyReloader {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyReloader.class);

    private final PolicyDirectory directory;
    private final PolicyInForce inForce;
    private final PolicyCompiler compiler;
    private final KeyRegistry keys;
    private final RevocationList revocations;
    private final SelfTest selfTest;
    private final Clock clock;
    private final Map<String, byte[]> applied = new HashMap<>();
    private String lastStamp = "";

    public PolicyReloader(
            PolicyDirectory directory,
            PolicyInForce inForce,
            PolicyCompiler compiler,
            KeyRegistry keys,
            RevocationList revocations,
            SelfTest selfTest,
            Clock clock) {
        this.directory = directory;
        this.inForce = inForce;
        this.compiler = compiler;
        this.keys = keys;
        this.revocations = revocations;
        this.selfTest = selfTest;
        this.clock = clock;
    }

    /** Looks whether files changed; cheap when they did not. */
    public void poll() {
        String stamp = directory.stamp();
        if (stamp.equals(lastStamp)) {
            return;
        }
        lastStamp = stamp;
        reload();
    }

    private void reload() {
        boolean revocationsApplied = apply(PolicyDirectory.REVOCATIONS, this::applyRevocations);
        boolean keysApplied = apply(PolicyDirectory.ISSUER_KEYS, this::applyIssuerKeys);
        boolean settled = revocationsApplied && keysApplied;
        if (!settled && inForce.current().isEmpty()) {
            return; // a first policy must not serve without its revocations
        }
        if (apply(PolicyDirectory.POLICY, this::applyPolicy) && settled) {
            inForce.settled();
        }
    }

    private interface Step {
        void apply(Optional<byte[]> bytes) throws PolicyRefusedException;
    }

    private boolean apply(String name, Step step) {
        byte[] bytes = {};
        try {
            Optional<byte[]> read = directory.read(name);
            bytes = read.orElse(bytes);
            if (applied.containsKey(name) && Arrays.equals(applied.get(name), bytes)) {
                return true;
            }
            step.apply(read);
            applied.put(name, bytes);
            return true;
        } catch (IOException | PolicyRefusedException | RuntimeException e) {
            PolicyRefusal refusal = new PolicyRefusal(digest(bytes), name + ": " + e.getMessage(), clock.instant());
            inForce.refuse(refusal);
            LOG.error("refused, what was in force stays: {}", refusal.reason());
            return false;
        }
    }

    private void applyRevocations(Optional<byte[]> bytes) {
        revocations.replace(bytes.isPresent() ? RevocationsCodec.read(bytes.get()) : Revocations.NONE);
    }

    private void applyIssuerKeys(Optional<byte[]> bytes) {
        keys.carry(bytes.isPresent() ? IssuerKeysCodec.read(bytes.get()) : IssuerKeys.NONE);
    }

    private void applyPolicy(Optional<byte[]> bytes) throws PolicyRefusedException {
        try {
            PolicySnapshot next = compiler.compile(bytes.orElseThrow(() -> new PolicyRefusedException("is not there")));
            Optional<String> failure = selfTest.failure(next);
            if (failure.isPresent()) {
                throw new PolicyRefusedException("self-test failed: " + failure.get());
            }
            inForce.accept(next);
            LOG.info("policy {} is in force", next.digest());
        } finally {
            // of a refused policy no issuer is asked any longer
            keys.retain(inForce.current().map(now -> now.bundle().issuers()).orElse(List.of()));
        }
    }

    private static String digest(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
