/** What was admitted and what proves it. */
@org.jspecify.annotations.NullMarked
package dev.secureprediction.operator.promotion;
