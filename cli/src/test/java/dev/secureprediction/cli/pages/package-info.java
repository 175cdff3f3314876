/** Pages as their readers follow them. */
@NullMarked
package dev.secureprediction.cli.pages;

import org.jspecify.annotations.NullMarked;
