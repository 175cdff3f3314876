/** Child processes that cannot outlive their parent, and what a sandbox claims on this machine: folders, addresses, ports. */
@NullMarked
package dev.secureprediction.sandbox.process;

import org.jspecify.annotations.NullMarked;
