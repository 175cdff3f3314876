/** `spe audit`: checks what gateways have logged. */
@NullMarked
package dev.secureprediction.cli.audit;

import org.jspecify.annotations.NullMarked;
