package dev.secureprediction.policy.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.secureprediction.policy.audit.ChainFinding.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Someone with write access to a log tries to hide something. */
final class ChainVerifierTest {
    private final WrittenChain chain = WrittenChain.of("pod-1", 6);

    private static List<ChainFinding> verify(List<ObjectNode> records, ChainHead... witnesses) {
        ChainVerifier verifier = new ChainVerifier();
        for (ChainHead witness : witnesses) {
            verifier.witness(witness);
        }
        for (int i = 0; i < records.size(); i++) {
            verifier.record("line " + (i + 1), records.get(i));
        }
        return verifier.findings();
    }

    @Test
    void whatWasWrittenVerifies() {
        assertThat(verify(chain.records(), chain.headAfter(5))).isEmpty();
    }

    @Test
    void logsOfSeveralPodsMayBeMixed() {
        // given two logs, line by line beside each other
        WrittenChain other = WrittenChain.of("pod-2", 6);
        List<ObjectNode> mixed = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            mixed.add(chain.records().get(i));
            mixed.add(other.records().get(i));
        }

        assertThat(verify(mixed, chain.headAfter(5), other.headAfter(5))).isEmpty();
    }

    @Test
    void aChangedRecordIsFound() {
        chain.records().get(3).put("status", 200);

        assertThat(verify(chain.records())).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.CHANGED);
            assertThat(finding.where()).isEqualTo("line 4");
        });
    }

    @Test
    void aChangedRecordWithARightHashIsFoundByTheNextOne() {
        // when someone changes a record and computes its hash anew
        chain.records().get(3).put("status", 200);
        chain.rehash(3);

        // then the record behind it names another
        assertThat(verify(chain.records())).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.CHANGED);
            assertThat(finding.where()).isEqualTo("line 5");
        });
    }

    @Test
    void aRestWrittenAnewIsFoundByTheSignature() {
        // when someone changes a record and makes everything behind it fit
        chain.records().get(3).put("status", 200);
        chain.rehash(3);
        chain.relink(4);
        chain.relink(5);

        // then the signature at the end does not
        assertThat(verify(chain.records())).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.CHANGED);
            assertThat(finding.message()).contains("signature");
        });
    }

    @Test
    void aLogWrittenAnewWithAnotherKeyIsFoundByTheWitness() {
        WrittenChain forged = WrittenChain.of("pod-1", 6);

        assertThat(verify(forged.records())).isEmpty();
        assertThat(verify(forged.records(), chain.headAfter(5)))
                .extracting(ChainFinding::kind)
                .containsExactly(Kind.TRUNCATED);
    }

    @Test
    void aRemovedRecordIsFound() {
        chain.records().remove(2);

        assertThat(verify(chain.records()))
                .containsExactly(new ChainFinding(Kind.REMOVED, "line 3", "record 2 missing before this one"));
    }

    @Test
    void aRemovedBeginningIsFound() {
        chain.records().subList(0, 2).clear();

        assertThat(verify(chain.records())).extracting(ChainFinding::kind).contains(Kind.REMOVED);
    }

    @Test
    void reorderedRecordsAreFound() {
        Collections.swap(chain.records(), 2, 3);

        assertThat(verify(chain.records())).extracting(ChainFinding::kind).contains(Kind.REORDERED);
    }

    @Test
    void aRepeatedRecordIsFound() {
        chain.records().add(3, chain.records().get(2));

        assertThat(verify(chain.records()))
                .containsExactly(new ChainFinding(Kind.REORDERED, "line 4", "record 2 stands behind record 2"));
    }

    @Test
    void whatAWitnessSawMustBeThere() {
        // given a witness who saw record 4
        ChainHead seen = chain.headAfter(4);

        // when the log ends before it, then that is found; a log that ends with it, or goes on, is whole
        assertThat(verify(chain.records().subList(0, 4), seen)).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.TRUNCATED);
            assertThat(finding.message()).contains("record 4 was seen").contains("the last one here is 3");
        });
        assertThat(verify(chain.records().subList(0, 5), seen)).isEmpty();
        assertThat(verify(chain.records(), seen)).isEmpty();
    }

    @Test
    void aRecordWithoutAPlaceIsFound() {
        ObjectNode stray = chain.records().get(2).deepCopy();
        stray.remove("chain");

        assertThat(verify(List.of(stray))).extracting(ChainFinding::kind).containsExactly(Kind.CHANGED);
    }
}
