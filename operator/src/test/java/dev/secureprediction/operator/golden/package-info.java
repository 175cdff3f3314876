/** Scenario folders: what a cluster holds goes in, every output that follows is compared to the file beside it. */
@NullMarked
package dev.secureprediction.operator.golden;

import org.jspecify.annotations.NullMarked;
