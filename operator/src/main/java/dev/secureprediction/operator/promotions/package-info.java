/** Answers other tools whether a contract may go on to an environment. Read only. */
@NullMarked
package dev.secureprediction.operator.promotions;

import org.jspecify.annotations.NullMarked;
