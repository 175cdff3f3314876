package dev.secureprediction.operator.api.crd;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The definitions of all kinds, made from their classes. The same classes make the same bytes. */
public final class CustomResourceDefinitions {

    private static final String HEADER =
            "# Generated from dev.secureprediction.operator.api.v1alpha1; do not edit. CONTRIBUTING.md says how.\n";

    /** The definitions, in the order in which the reference describes them. */
    public static List<CustomResourceDefinition> all() {
        return Kind.ALL.stream().map(CustomResourceDefinitions::generate).toList();
    }

    /** The definitions as YAML, by file name. */
    public static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        for (CustomResourceDefinition definition : all()) {
            files.put(definition.getSpec().getNames().getPlural() + ".yaml", HEADER + yaml(definition));
        }
        return Collections.unmodifiableMap(files);
    }

    private static String yaml(CustomResourceDefinition definition) {
        var mapper = YAMLMapper.builder()
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .disable(YAMLGenerator.Feature.SPLIT_LINES)
                .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                .build();
        try {
            return mapper.writeValueAsString(WholeNumbers.in(mapper.valueToTree(definition)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write the definition of " + definition.getFullResourceName(), e);
        }
    }

    private static CustomResourceDefinition generate(Kind kind) {
        List<CustomResourceDefinition> made = new ArrayList<>();
        new CRDGenerator()
                .customResourceClasses(kind.resource())
                .withPostProcessor(new CRDPostProcessor() {
                    @Override
                    public HasMetadata process(HasMetadata crd, String version) {
                        made.add((CustomResourceDefinition) crd);
                        return crd;
                    }
                })
                .withOutput(new Discarded())
                .generate();
        var definition = made.getFirst();
        SchemaFinish.apply(kind, definition);
        return definition;
    }

    /** The generator insists on writing; the post-processor has what is needed. */
    private static final class Discarded extends CRDGenerator.AbstractCRDOutput<OutputStream> {

        @Override
        protected OutputStream createStreamFor(String name) {
            return OutputStream.nullOutputStream();
        }
    }

    private CustomResourceDefinitions() {}
}
