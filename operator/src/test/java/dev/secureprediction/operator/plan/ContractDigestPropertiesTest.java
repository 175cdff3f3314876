package dev.secureprediction.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.secureprediction.operator.api.v1alpha1.endpoint.Contract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Over contracts of every shape: one meaning has one digest, another meaning another one. */
final class ContractDigestPropertiesTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path VECTORS =
            Path.of(System.getProperty("root.directory"), "operator/src/test/resources/contract-digests-v1.txt");

    @Property(tries = 200)
    void orderAndSpeltOutDefaultsSayNothing(@ForAll long seed) {
        var generated = new GeneratedContracts(seed);
        var contract = generated.contract();
        var outspoken = contract.deepCopy();
        ContractDefaults.V1.forEach((path, value) -> spellOut(outspoken, path, value));

        assertThat(digest(generated.shuffled(outspoken))).isEqualTo(digest(contract));
    }

    @Property(tries = 200)
    void anyOtherValueIsAnotherContract(@ForAll long seed) {
        var contract = new GeneratedContracts(seed).contract();
        var changed = contract.deepCopy();
        List<Runnable> changes = new ArrayList<>();
        collectChanges(changed, changes);
        changes.get(new Random(seed).nextInt(changes.size())).run();

        assertThat(digest(changed)).isNotEqualTo(digest(contract));
    }

    @Property(tries = 200)
    void differentEssencesHaveDifferentDigests(@ForAll long one, @ForAll long other) {
        var left = contract(new GeneratedContracts(one).contract());
        var right = contract(new GeneratedContracts(other).contract());

        assertThat(ContractDigest.of(left).equals(ContractDigest.of(right)))
                .isEqualTo(ContractDigest.essence(left).equals(ContractDigest.essence(right)));
    }

    /** Written once. A line that changes means that a digest committed somewhere no longer says what it said. */
    @Test
    void noVectorEverChanges() throws IOException {
        if (Boolean.getBoolean("golden.update") && Files.notExists(VECTORS)) {
            Files.write(
                    VECTORS,
                    LongStream.range(0, 60)
                            .mapToObj(ContractDigestPropertiesTest::vector)
                            .toList());
        }
        List<String> lines = Files.readAllLines(VECTORS);

        assertThat(lines).hasSizeGreaterThanOrEqualTo(40).allSatisfy(line -> {
            String[] parts = line.split(" ", 2);
            assertThat(digest(MAPPER.readTree(parts[1]))).as(parts[1]).isEqualTo(parts[0]);
        });
    }

    private static String vector(long seed) {
        var contract = new GeneratedContracts(seed).contract();
        return digest(contract) + " " + contract;
    }

    /** Sets a default wherever its object stands, also inside lists; never replaces a value. */
    private static void spellOut(JsonNode node, String path, JsonNode value) {
        String[] step = path.split("\\.", 2);
        if (!(node instanceof ObjectNode object)) {
            return;
        }
        if (step.length == 1) {
            if (!object.has(path)) {
                object.set(path, value);
            }
        } else if (step[0].endsWith("[]")) {
            object.path(step[0].substring(0, step[0].length() - 2)).forEach(item -> spellOut(item, step[1], value));
        } else {
            boolean mayStand =
                    !step[0].equals("cache") && !step[0].equals("webhook") && !step[0].equals("sensitiveData");
            if (!object.has(step[0]) && mayStand) {
                object.set(step[0], JsonNodeFactory.instance.objectNode());
            }
            spellOut(object.path(step[0]), step[1], value);
        }
    }

    /** One change for each scalar, to a value that no generator and no default has. */
    private static void collectChanges(JsonNode node, List<Runnable> changes) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                String name = field.getKey();
                if (field.getValue().isInt()) {
                    changes.add(() -> object.put(name, 999));
                } else if (name.equals("when") || name.equals("name") || name.equals("fingerprint")) {
                    changes.add(() -> object.put(name, "another"));
                } else {
                    collectChanges(field.getValue(), changes);
                }
            });
        } else if (node instanceof ArrayNode items) {
            items.forEach(item -> collectChanges(item, changes));
        }
    }

    private static String digest(JsonNode contract) {
        return ContractDigest.of(contract(contract));
    }

    private static Contract contract(JsonNode tree) {
        try {
            return MAPPER.treeToValue(tree, Contract.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
