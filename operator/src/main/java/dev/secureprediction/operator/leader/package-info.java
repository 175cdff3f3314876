/** One of several replicas works; the others stand by. */
@NullMarked
package dev.secureprediction.operator.leader;

import org.jspecify.annotations.NullMarked;
