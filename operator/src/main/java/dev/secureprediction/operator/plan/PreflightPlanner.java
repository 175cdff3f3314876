package dev.secureprediction.operator.plan;

import dev.secureprediction.operator.api.v1alpha1.environment.Grant;
import dev.secureprediction.operator.api.v1alpha1.environment.PredictionEnvironmentSpec;
import dev.secureprediction.operator.permission.OperatorFeature;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the operator's account needs for what an environment's grants allow, and no more. */
public final class PreflightPlanner {

    private static final String PUBLISHERS = "publishers/";

    private PreflightPlanner() {}

    /** Permissions by project. A key of an account that cannot be listed is said there, and fails nothing. */
    public static Map<String, Set<String>> permissions(PredictionEnvironmentSpec environment) {
        String own = environment.google().project();
        String publishers = environment.google().publisherProjectOrDefault();
        EnumSet<OperatorFeature> features = EnumSet.of(OperatorFeature.Identity);
        boolean callsPublishers = false;
        for (Grant grant : environment.allow()) {
            callsPublishers |= grant.models().stream().anyMatch(model -> model.startsWith(PUBLISHERS));
            boolean others = grant.models().stream().anyMatch(model -> !model.startsWith(PUBLISHERS));
            if (others && !grant.modelArmorTemplates().isEmpty()) {
                features.add(OperatorFeature.ModelArmor);
            }
            if (others && !grant.machineTypes().isEmpty()) {
                features.add(OperatorFeature.DeployedModels);
            }
            if (others && !grant.endpointIDs().isEmpty()) {
                features.add(OperatorFeature.ExistingEndpoints);
            }
        }
        Map<String, Set<String>> needed = new HashMap<>();
        needed.put(own, new TreeSet<>(OperatorFeature.permissions(features)));
        if (callsPublishers) {
            Set<String> there = needed.computeIfAbsent(publishers, project -> new TreeSet<>());
            there.addAll(OperatorFeature.PublisherModels.permissions());
            there.add("resourcemanager.projects.getIamPolicy");
        }
        return needed;
    }
}
