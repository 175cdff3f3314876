package dev.secureprediction.bench.operator;

import com.google.rpc.Code;
import dev.secureprediction.sandbox.cloud.observe.Call;

/** What an endpoint may be made for, and how many changes in Google Cloud one of them takes. */
enum ModelKind {
    /** The account, who may act as it, its role on the project. */
    Publisher(3, "model: {publisher: {publisher: google, name: gemini-2.5-flash}}", ""),
    /** The account, who may act as it, its role on the endpoint. */
    Existing(3, "model: {existing: {name: fraud}}", "endpoint: {id: fraud-scores}"),
    /** The same, and the endpoint and the model on it. */
    Deployed(5, "model: {deployed: {name: churn, fingerprint: 9f2c41d07be85a63}}", """
            model: {id: "1234567890", version: "17"}
            endpoint: {machineType: n1-standard-4, minReplicas: 1, maxReplicas: 1}""");

    private final int changes;
    private final String contract;
    private final String placement;

    ModelKind(int changes, String contract, String placement) {
        this.changes = changes;
        this.contract = contract;
        this.placement = placement;
    }

    /** The kinds take turns. */
    static ModelKind of(int number) {
        return values()[number % values().length];
    }

    /** Calls to Google Cloud that change something, until one endpoint has settled. */
    int changes() {
        return changes;
    }

    String contract() {
        return contract;
    }

    String placement() {
        return placement;
    }

    /** A refused call changed nothing, and is counted apart. */
    static boolean counts(Call call) {
        return call.mutating() && call.code() == Code.OK;
    }
}
