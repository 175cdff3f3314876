package dev.secureprediction.operator.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AuthorityChainTest {

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
    private static final List<String> NAMES = List.of("churn.gateways.svc", "churn.example.com");
    private static final String AUTHORITY = "prediction-gateways-acme-qa";

    private final AuthorityChain chain = AuthorityChain.create(AUTHORITY, NOW);

    @Test
    void aLeafNamesItsHostsAndIsSignedByTheAuthority() throws Exception {
        // when
        var leaf = chain.issue(NAMES, NOW);
        // then
        assertThat(Leaf.dnsNames(leaf.certificate())).containsExactlyInAnyOrderElementsOf(NAMES);
        leaf.certificate().verify(chain.certificates().getFirst().getPublicKey());
        assertThat(leaf.certificate().getNotAfter().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(90)));
        assertThat(leaf.certificate().getBasicConstraints()).isEqualTo(-1);
        assertThat(leaf.certificate().getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    }

    @Test
    void callersWhoseClockRunsAQuarterOfAnHourBehindTakeItAtOnce() throws Exception {
        // given a caller whose clock is that much behind the operator's
        var behind = Date.from(NOW.minus(Duration.ofMinutes(15)));

        // then neither the new leaf nor a new authority is of its future
        chain.issue(NAMES, NOW).certificate().checkValidity(behind);
        chain.certificates().getFirst().checkValidity(behind);
    }

    @Test
    void aLeafIsKeptUntilTwoThirdsOfItsLifetime() {
        var leaf = chain.issue(NAMES, NOW);
        assertThat(chain.current(Optional.of(leaf), NAMES, NOW.plus(Duration.ofDays(59))))
                .isEqualTo(leaf);
        assertThat(chain.current(Optional.of(leaf), NAMES, NOW.plus(Duration.ofDays(60))))
                .isNotEqualTo(leaf);
    }

    @Test
    void aLeafIsReplacedWhenItsNamesChange() {
        var leaf = chain.issue(NAMES, NOW);
        var renewed = chain.current(Optional.of(leaf), List.of("other.example.com"), NOW);
        assertThat(Leaf.dnsNames(renewed.certificate())).containsExactly("other.example.com");
    }

    @Test
    void aLeafOfAnotherAuthorityIsReplaced() {
        var foreign = AuthorityChain.create(AUTHORITY, NOW).issue(NAMES, NOW);
        assertThat(chain.current(Optional.of(foreign), NAMES, NOW)).isNotEqualTo(foreign);
    }

    @Test
    void aSuccessorIsPublishedLongBeforeItSigns() throws Exception {
        // given an authority past two thirds of its life
        var later = NOW.plus(Duration.ofDays(490));
        // when
        var maintained = chain.maintained(AUTHORITY, later);
        // then both are published and the old one still signs
        assertThat(maintained.certificates())
                .hasSize(2)
                .startsWith(chain.certificates().getFirst());
        maintained
                .issue(NAMES, later)
                .certificate()
                .verify(chain.certificates().getFirst().getPublicKey());
        // and once a leaf would outlive the old one, the new one signs
        var last = NOW.plus(Duration.ofDays(641));
        maintained
                .issue(NAMES, last)
                .certificate()
                .verify(maintained.certificates().getLast().getPublicKey());
    }

    @Test
    void aLeafOfTheOldAuthorityServesOnWhileBothArePublished() {
        var leaf = chain.issue(NAMES, NOW.plus(Duration.ofDays(480)));
        var later = NOW.plus(Duration.ofDays(490));
        assertThat(chain.maintained(AUTHORITY, later).current(Optional.of(leaf), NAMES, later))
                .isEqualTo(leaf);
    }

    @Test
    void anEndedAuthorityIsDropped() {
        var maintained = chain.maintained(AUTHORITY, NOW.plus(Duration.ofDays(490)));
        var later = maintained.maintained(AUTHORITY, NOW.plus(Duration.ofDays(731)));
        assertThat(later.certificates())
                .doesNotContain(chain.certificates().getFirst())
                .isNotEmpty();
    }

    @Test
    void nothingDueChangesNothing() {
        assertThat(chain.maintained(AUTHORITY, NOW.plus(Duration.ofDays(100)))).isSameAs(chain);
    }

    @Test
    void itSurvivesItsSecret() throws Exception {
        var maintained = chain.maintained(AUTHORITY, NOW.plus(Duration.ofDays(490)));
        var read = AuthorityChain.read(maintained.secretData());
        assertThat(read.certificates()).isEqualTo(maintained.certificates());
        var leaf = read.issue(NAMES, NOW);
        assertThat(Leaf.read(leaf.secretData(read))).contains(leaf);
    }

    @Test
    void aDamagedSecretIsAnErrorThatHoldsNoKey() {
        var data = Map.of("ca.crt", chain.certificatesPem(), "ca.key", "");
        assertThatThrownBy(() -> AuthorityChain.read(data))
                .isInstanceOf(InvalidPemException.class)
                .hasMessage("expected as many certificates in ca.crt as keys in ca.key");
        assertThatThrownBy(() -> AuthorityChain.read(Map.of("ca.crt", "-----BEGIN CERTIFICATE-----\nx")))
                .isInstanceOf(InvalidPemException.class);
    }

    @Test
    void noTextFormHoldsAKey() {
        var leaf = chain.issue(NAMES, NOW);
        var algorithm = leaf.key().getAlgorithm() + " Private";
        assertThat(List.of(leaf.toString(), chain.toString())).noneMatch(text -> text.contains(algorithm));
        assertThat(leaf).hasToString("Leaf[" + Leaf.dnsNames(leaf.certificate()) + ", until 2026-05-30T00:00:00Z]");
    }
}
