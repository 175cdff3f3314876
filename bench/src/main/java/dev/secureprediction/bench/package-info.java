/** Measures the gateway beside what people would pick instead: same load, payload, upstream and tokens for each. */
@NullMarked
package dev.secureprediction.bench;

import org.jspecify.annotations.NullMarked;
