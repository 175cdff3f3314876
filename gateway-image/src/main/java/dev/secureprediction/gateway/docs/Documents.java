package dev.secureprediction.gateway.docs;

import dev.secureprediction.gateway.policy.PolicySnapshot;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The documents of the policy in force, where it wants them served. Made once for each policy, since the page is large.
 * Safe for many threads.
 */
public final class Documents {
    private static final String OPENAPI = "/openapi.json";
    private static final String PAGE = "/docs";

    private volatile @Nullable Made made;

    private record Made(String digest, Document openApi, Document page) {}

    /** Whether there is a document at this path, for callers with a token. */
    public boolean has(String method, String path, PolicySnapshot policy) {
        return policy.bundle().gateway().docs() && method.equals("GET") && (path.equals(OPENAPI) || path.equals(PAGE));
    }

    /** The document at a path that {@link #has} one. */
    public Document get(String path, PolicySnapshot policy) {
        Made now = made;
        if (now == null || !now.digest().equals(policy.digest())) {
            byte[] openApi = OpenApiDocument.of(policy.bundle());
            now = new Made(
                    policy.digest(),
                    new Document("application/json", openApi, Optional.empty()),
                    DocsPage.around(openApi));
            made = now;
        }
        return path.equals(OPENAPI) ? now.openApi() : now.page();
    }
}
