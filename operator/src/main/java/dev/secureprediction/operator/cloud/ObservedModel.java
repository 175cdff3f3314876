package dev.secureprediction.operator.cloud;

import java.util.Optional;

/** The model version that is to be deployed, as read. */
public sealed interface ObservedModel {

    /** Nothing is to be deployed, so nothing was read. */
    record NotNeeded() implements ObservedModel {}

    /** No such model or version. */
    record Absent() implements ObservedModel {}

    /**
     * There.
     *
     * @param resourceName full name, without version
     * @param version version id, also where an alias was asked for
     * @param fingerprint its label `secure-prediction-fingerprint`
     */
    record Present(String resourceName, String version, Optional<String> fingerprint) implements ObservedModel {}
}
