/** Environments side by side: what differs, what is on its way, and what a promotion still lacks. */
@NullMarked
package dev.secureprediction.cli.promotion;

import org.jspecify.annotations.NullMarked;
