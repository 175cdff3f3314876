/** What was admitted where, and what proves it: histories, signed records and who may sign them. Pure but for the randomness of keys. */
@NullMarked
package dev.secureprediction.operator.promotion;

import org.jspecify.annotations.NullMarked;
