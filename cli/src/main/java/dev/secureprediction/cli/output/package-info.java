/** How commands print: words for people, JSON and YAML for scripts. */
@NullMarked
package dev.secureprediction.cli.output;

import org.jspecify.annotations.NullMarked;
