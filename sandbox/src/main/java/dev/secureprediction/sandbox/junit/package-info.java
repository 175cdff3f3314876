/** One sandbox per test run, a fresh namespace per test class. */
@NullMarked
package dev.secureprediction.sandbox.junit;

import org.jspecify.annotations.NullMarked;
