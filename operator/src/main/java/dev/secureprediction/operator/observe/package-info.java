/** Reads what stands in the cluster and proves what gateways enforce; changes nothing but the place of a pod that fails. */
@NullMarked
package dev.secureprediction.operator.observe;

import org.jspecify.annotations.NullMarked;
