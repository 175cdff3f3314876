package dev.secureprediction.gateway.permission;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Asks Google which of some permissions the bearer of a token holds (testIamPermissions). Blocks. */
@FunctionalInterface
interface PermissionQuestions {

    /** What carries the permissions: a method's route in Google's API says, and it refuses the other. */
    enum Carrier {
        /** As JSON, with the Resource Manager. */
        Body,
        /** As parameters, with Vertex AI, whose routes map no body. */
        Query
    }

    /**
     * The held ones.
     *
     * @param url of the method, https
     * @param authorization value of the header
     * @throws IOException without host or token in its message
     */
    Set<String> held(String url, Carrier carrier, List<String> permissions, String authorization)
            throws IOException, InterruptedException;
}
