/** What `spe sandbox` does after the sandbox stands: samples applied, calls made, each compared with what is expected. */
@NullMarked
package dev.secureprediction.cli.quickstart;

import org.jspecify.annotations.NullMarked;
