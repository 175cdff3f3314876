package dev.secureprediction.operator.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.ECKey;
import dev.secureprediction.operator.api.v1alpha1.endpoint.Contract;
import dev.secureprediction.operator.api.v1alpha1.endpoint.SecurePredictionEndpointSpec;
import dev.secureprediction.operator.plan.ContractDigest;
import dev.secureprediction.operator.promotion.Admitted;
import dev.secureprediction.operator.promotion.AdmittedBy;
import dev.secureprediction.operator.promotion.History;
import dev.secureprediction.operator.promotion.Records;
import dev.secureprediction.operator.promotion.SignedRecord;
import dev.secureprediction.operator.promotion.SigningKeys;
import dev.secureprediction.operator.promotion.TrustedKeys;
import dev.secureprediction.operator.promotion.Verification;
import dev.secureprediction.operator.resolve.PromotionView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was admitted and verified, as a scenario's {@code in-promotion.yaml} says.
 *
 * @param histories by `namespace/name`, newest first
 * @param inForce specs by `namespace/name`
 * @param verified records in short
 */
record FixedPromotion(
        @Nullable Map<String, List<Entry>> histories,
        @Nullable Map<String, SecurePredictionEndpointSpec> inForce,
        @Nullable List<Said> verified)
        implements PromotionView {

    static final FixedPromotion NOTHING = new FixedPromotion(null, null, null);

    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final String ISSUER = Scenario.INSTALLATION.id();
    private static final SigningKeys OWN = SigningKeys.create(NOW.minus(Duration.ofDays(1)));
    private static final SigningKeys STRANGER = SigningKeys.create(NOW.minus(Duration.ofDays(1)));

    /** One admission. */
    record Entry(
            Contract contract,
            @Nullable String image,
            @Nullable AdmittedBy by,
            String at) {}

    /** A record: what it says beside the usual, and what is wrong with it. */
    record Said(
            Contract contract,
            @Nullable String tenant,
            @Nullable String application,
            @Nullable String environment,
            @Nullable String image,
            @Nullable Integer soakSeconds,
            @Nullable JsonNode floors,
            @Nullable String fault) {}

    @Override
    public History history(String namespace, String name) {
        List<Entry> entries = Objects.requireNonNullElse(histories, Map.<String, List<Entry>>of())
                .getOrDefault(namespace + "/" + name, List.of());
        int newest = entries.size();
        return new History(java.util.stream.IntStream.range(0, newest)
                .mapToObj(i -> admitted(entries.get(i), newest - i))
                .toList());
    }

    @Override
    public Optional<SecurePredictionEndpointSpec> inForce(String namespace, String name) {
        return Optional.ofNullable(inForce).map(specs -> specs.get(namespace + "/" + name));
    }

    @Override
    public List<SignedRecord> records(String application) {
        List<Said> all = Objects.requireNonNullElse(verified, List.of());
        return java.util.stream.IntStream.range(0, all.size())
                .mapToObj(i -> signed(all.get(i), "record-" + (i + 1)))
                .filter(signed -> Records.claimed(signed)
                        .filter(said -> said.application().equals(application))
                        .isPresent())
                .toList();
    }

    /** What signs here, for an environment that lists it as another cluster's. */
    static String jwks() {
        return OWN.published().toString();
    }

    @Override
    public TrustedKeys ownKeys() {
        return TrustedKeys.own(ISSUER, OWN.published());
    }

    @Override
    public Instant now() {
        return NOW;
    }

    private static Admitted admitted(Entry entry, long revision) {
        return new Admitted(
                ContractDigest.of(entry.contract()),
                image(entry.image()),
                entry.contract(),
                Objects.requireNonNullElse(entry.by(), AdmittedBy.NoGate),
                "an admission of this scenario",
                Instant.parse(entry.at()),
                revision);
    }

    private static SignedRecord signed(Said said, String name) {
        String fault = Objects.requireNonNullElse(said.fault(), "");
        int soak = Objects.requireNonNullElse(said.soakSeconds(), 1800);
        long now = NOW.getEpochSecond();
        Verification payload = new Verification(
                fault.equals("issuer") ? "somebody" : ISSUER,
                Objects.requireNonNullElse(said.tenant(), "support"),
                Objects.requireNonNullElse(said.application(), "support-chat"),
                Objects.requireNonNullElse(said.environment(), "staging"),
                ContractDigest.of(said.contract()),
                "sha256:none",
                image(said.image()),
                Objects.requireNonNullElse(said.floors(), new ObjectMapper().createObjectNode()),
                "0.1.0",
                List.of("a call without a token"),
                now - soak,
                now,
                now - soak,
                null,
                null,
                now,
                fault.equals("expired") ? now - 1 : now + 3600);
        ECKey key = (fault.equals("key") || fault.equals("forged") ? STRANGER : OWN).signer(NOW);
        if (fault.equals("forged")) {
            key = new ECKey.Builder(key).keyID(OWN.signer(NOW).getKeyID()).build();
        }
        String jws = Records.sign(payload, key);
        return new SignedRecord("prediction-gateways-acme-staging", name, jws);
    }

    private static String image(@Nullable String image) {
        return image == null ? Scenario.INSTALLATION.gatewayImage() : image;
    }
}
