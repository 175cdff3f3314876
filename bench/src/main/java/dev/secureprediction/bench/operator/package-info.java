/** The operator at scale: a real control plane, the sandbox's Google Cloud, hollow pods answered by one stub. */
@NullMarked
package dev.secureprediction.bench.operator;

import org.jspecify.annotations.NullMarked;
