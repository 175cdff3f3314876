package dev.secureprediction.sandbox.node;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/** Server-side apply with the node's own field manager. */
final class Applying {

    static final PatchContext AS_NODE = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("sandbox-node")
            .withForce(true)
            .build();

    private Applying() {}
}
