package dev.secureprediction.policy.codec;

import dev.secureprediction.policy.model.Credential;
import dev.secureprediction.policy.model.Model;
import dev.secureprediction.policy.model.Upstream;
import java.util.regex.Pattern;

/** What the place that calls go to must look like; the patterns are those of Google's resource names. */
final class UpstreamRules {

    private static final Pattern PROJECT = Pattern.compile("(?:[a-z0-9.-]{1,63}:)?[a-z][-a-z0-9]{4,28}[a-z0-9]");
    private static final Pattern PROJECT_NUMBER = Pattern.compile("[1-9][0-9]{0,18}");
    private static final Pattern LOCATION = Pattern.compile("[a-z](?:[-a-z0-9]*[a-z0-9])?");
    private static final Pattern ENDPOINT_ID = Pattern.compile("[a-z](?:[-a-z0-9]*[a-z0-9])?|[1-9][0-9]{0,18}");
    private static final Pattern PUBLISHER = Pattern.compile("[a-z0-9](?:[-a-z0-9]*[a-z0-9])?");
    private static final Pattern MODEL = Pattern.compile("[a-zA-Z0-9](?:[-_@a-zA-Z0-9]|\\.(?=[a-zA-Z0-9]))*");
    private static final Pattern AUDIENCE =
            Pattern.compile("//iam\\.googleapis\\.com/projects/[1-9][0-9]*/locations/global"
                    + "/workloadIdentityPools/[a-z0-9][-.a-z0-9]*/providers/[a-z0-9][-a-z0-9]*");

    private UpstreamRules() {}

    static void check(String pointer, Upstream upstream) {
        Check.matches(pointer + "/project", upstream.project(), 94, PROJECT, "a Google Cloud project id; correct it");
        if (!upstream.projectNumber().equals(upstream.project())) {
            Check.matches(
                    pointer + "/projectNumber",
                    upstream.projectNumber(),
                    19,
                    PROJECT_NUMBER,
                    "the project's number, digits only, or its id once more; correct it");
        }
        checkPlace(pointer, upstream.authority(), upstream.location(), upstream.model());
        upstream.resourceManager().ifPresent(authority -> Urls.checkAuthority(pointer + "/resourceManager", authority));
        checkCredential(pointer + "/credential", upstream.credential());
    }

    /** Host, location and model, of the bundle itself or of one role. */
    static void checkPlace(String pointer, String authority, String location, Model model) {
        Urls.checkAuthority(pointer + "/authority", authority);
        Check.matches(pointer + "/location", location, 63, LOCATION, "a Google Cloud region or `global`; correct it");
        checkModel(pointer + "/model", model);
    }

    private static void checkModel(String pointer, Model model) {
        switch (model) {
            case Model.Publisher publisher -> {
                Check.matches(
                        pointer + "/publisher",
                        publisher.publisher(),
                        63,
                        PUBLISHER,
                        "a publisher of the Model Garden, such as `google`; correct it");
                Check.matches(
                        pointer + "/name",
                        publisher.name(),
                        127,
                        MODEL,
                        "a model id of letters, digits, single dots and -_@; correct it");
            }
            case Model.Endpoint endpoint ->
                Check.matches(
                        pointer + "/endpointId",
                        endpoint.endpointId(),
                        63,
                        ENDPOINT_ID,
                        "an endpoint id, digits only or beginning with a letter; correct it");
        }
    }

    private static void checkCredential(String pointer, Credential credential) {
        switch (credential) {
            case Credential.Metadata metadata -> {}
            case Credential.Federation federation -> {
                Check.matches(
                        pointer + "/audience",
                        federation.audience(),
                        512,
                        AUDIENCE,
                        "the full name of a workload identity pool provider, beginning with //iam.googleapis.com/; correct it");
                Urls.checkHttps(pointer + "/tokenUrl", federation.tokenUrl());
                Urls.checkHttps(pointer + "/impersonationUrl", federation.impersonationUrl());
            }
        }
    }
}
