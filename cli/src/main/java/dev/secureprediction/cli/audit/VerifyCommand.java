package dev.secureprediction.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.secureprediction.cli.output.OutputOptions;
import dev.secureprediction.policy.audit.ChainFinding;
import dev.secureprediction.policy.audit.ChainHead;
import dev.secureprediction.policy.audit.ChainVerifier;
import dev.secureprediction.policy.audit.ChainVerifier.ChainSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks the chain of audit records. */
@Command(
        name = "verify",
        description = "Finds removed, changed, reordered and truncated audit records.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:every record is as it was written", "1:findings, or no records", "2:wrong usage"})
final class VerifyCommand implements Callable<Integer> {

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Logs of gateways in the order in which they were written: lines of JSON, or an array from"
                    + " `gcloud logging read --format=json --order=asc`.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--witness",
            paramLabel = "FILE",
            description =
                    "Logs of the operator, which notes how far each gateway's log had come. Without one, records cut"
                            + " off at the end, and a log forged whole with a key of its own, go unnoticed.")
    private List<Path> witnesses = new ArrayList<>();

    @Option(
            names = "--sort",
            description =
                    "Puts records in order first, for logs that came out of a store ordered by time. Holds them in"
                            + " memory; that records were reordered is then not found.")
    private boolean sort;

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private record Located(String where, JsonNode object) {

        String key() {
            return object.path("chain").path("key").asText("");
        }

        long sequence() {
            return object.path("chain").path("sequence").asLong();
        }
    }

    @Override
    public Integer call() throws IOException {
        ChainVerifier verifier = new ChainVerifier();
        readWitnesses().forEach(verifier::witness);
        List<Located> held = new ArrayList<>();
        for (Path file : files) {
            AuditLines.read(
                    file,
                    (where, entry) -> AuditLines.member(entry, "secureprediction")
                            .ifPresent(object -> {
                                if (sort) {
                                    held.add(new Located(where, object));
                                } else {
                                    verifier.record(where, object);
                                }
                            }));
        }
        held.sort(Comparator.comparing(Located::key).thenComparingLong(Located::sequence));
        held.forEach(located -> verifier.record(located.where(), located.object()));
        return report(verifier);
    }

    private List<ChainHead> readWitnesses() throws IOException {
        List<ChainHead> heads = new ArrayList<>();
        for (Path file : witnesses) {
            AuditLines.read(
                    file,
                    (where, entry) -> AuditLines.member(entry, "auditHead")
                            .ifPresent(head -> heads.add(new ChainHead(
                                    head.path("pod").asText(),
                                    head.path("key").asText(),
                                    head.path("publicKey").asText(),
                                    head.path("sequence").asLong(),
                                    head.path("hash").asText()))));
        }
        heads.sort(Comparator.comparingLong(ChainHead::sequence));
        return heads;
    }

    private int report(ChainVerifier verifier) {
        output.print(spec.commandLine().getOut(), () -> data(verifier), out -> tell(verifier, out));
        return verifier.chains().isEmpty() || !verifier.findings().isEmpty() ? 1 : 0;
    }

    private static void tell(ChainVerifier verifier, PrintWriter out) {
        List<ChainFinding> findings = verifier.findings();
        for (ChainFinding finding : findings) {
            out.println(finding.kind() + " " + finding.where() + ": " + finding.message());
        }
        for (ChainSummary chain : verifier.chains()) {
            out.println(describe(chain));
        }
        if (verifier.chains().isEmpty()) {
            out.println("no audit records found");
        } else {
            out.println(findings.isEmpty() ? "every record is as it was written" : findings.size() + " findings");
        }
    }

    private static JsonNode data(ChainVerifier verifier) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        var findings = all.putArray("findings");
        verifier.findings()
                .forEach(finding -> findings.addObject()
                        .put("kind", finding.kind().toString())
                        .put("where", finding.where())
                        .put("message", finding.message()));
        var chains = all.putArray("chains");
        verifier.chains()
                .forEach(chain -> chains.addObject()
                        .put("pod", chain.pod())
                        .put("key", chain.key())
                        .put("records", chain.records())
                        .put("signed", chain.signed())
                        .put("closed", chain.closed())
                        .put("witnessed", chain.witnessed()));
        return all;
    }

    private static String describe(ChainSummary chain) {
        StringBuilder line = new StringBuilder("pod " + chain.pod() + ", key " + chain.key() + ": " + chain.records()
                + " records, " + (chain.closed() ? "closed in order" : "not closed"));
        long unsigned = chain.records() - 1 - chain.signed();
        if (unsigned > 0) {
            line.append(", the last ").append(unsigned).append(" not signed yet");
        }
        return line.append(chain.witnessed() ? ", witnessed" : ", no witness").toString();
    }
}
