/** Workload identity: the metadata server that Google's client libraries ask inside a pod. */
@NullMarked
package dev.secureprediction.sandbox.node.identity;

import org.jspecify.annotations.NullMarked;
