package dev.secureprediction.operator.it;

import dev.secureprediction.sandbox.Sandbox;
import dev.secureprediction.sandbox.cluster.AuditedRequest;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the operator's account may do, and what it did, as the API server's audit log tells it.
 *
 * @param granted as `verb resource`
 * @param asked every request of it
 */
record Rights(Set<String> granted, List<AuditedRequest> asked) {

    private static final String ACCOUNT = "system:serviceaccount:" + Platform.SYSTEM + ":" + Platform.OPERATOR;

    /** Rights that the story of one installation does not come to. */
    static final Set<String> SHOWN_ELSEWHERE = new TreeSet<>(List.of(
            // PromotionIT: who asks, and whether they may; records of what was verified
            "create tokenreviews",
            "create subjectaccessreviews",
            "create predictionverifications",
            "delete predictionverifications",
            "patch predictionverifications/status",
            // EndpointLifecycleIT: more than one replica, and policies that reach their pods at once
            "create horizontalpodautoscalers",
            "patch horizontalpodautoscalers",
            "delete horizontalpodautoscalers",
            "create poddisruptionbudgets",
            "patch poddisruptionbudgets",
            "delete poddisruptionbudgets",
            "patch pods",
            // a pod that lets through what it must refuse
            "delete pods",
            // an authority that is renewed
            "update secrets",
            // NamesakesIT: whose an object is that has our name
            "get configmaps",
            "get deployments",
            "get horizontalpodautoscalers",
            "get networkpolicies",
            "get poddisruptionbudgets",
            "get serviceaccounts",
            "get services",
            // the same of kinds that are written by the same code
            "get backendtlspolicies",
            "get controllerrevisions",
            "get httproutes",
            // after a conflict, what it is now
            "get predictionenvironments",
            "get predictionverifications",
            "get securepredictionendpoints"));

    static Rights ofOperator(Sandbox sandbox) {
        var client = sandbox.client();
        var rules = Stream.of(
                        client.rbac()
                                .clusterRoles()
                                .withName(Platform.OPERATOR)
                                .require()
                                .getRules(),
                        client.rbac()
                                .clusterRoles()
                                .withName("secure-prediction-gateways")
                                .require()
                                .getRules(),
                        client.rbac()
                                .roles()
                                .inNamespace(Platform.SYSTEM)
                                .withName(Platform.OPERATOR)
                                .require()
                                .getRules())
                .flatMap(List::stream);
        return new Rights(
                rules.flatMap(Rights::words).collect(Collectors.toCollection(TreeSet::new)),
                sandbox.cluster().audit().all().stream()
                        .filter(request -> request.actor().equals(ACCOUNT))
                        .toList());
    }

    /** Granted, and not used. */
    Set<String> unused() {
        var unused = new TreeSet<>(granted);
        asked.forEach(request -> {
            unused.remove(request.verb() + " " + request.resource());
            if (request.code() == HttpURLConnection.HTTP_CREATED) { // an apply of what was not there needs both
                unused.remove("create " + request.resource());
            }
        });
        return unused;
    }

    /** Asked for, and not granted. */
    List<AuditedRequest> refused() {
        return asked.stream()
                .filter(request -> request.code() == HttpURLConnection.HTTP_FORBIDDEN)
                .toList();
    }

    private static Stream<String> words(PolicyRule rule) {
        return rule.getResources().stream()
                .flatMap(resource -> rule.getVerbs().stream().map(verb -> verb + " " + resource));
    }
}
