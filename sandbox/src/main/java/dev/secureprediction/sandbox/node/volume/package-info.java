/** Volumes as plain files, kept as a kubelet keeps them: a reader sees the old content or the new, never a mixture. */
@NullMarked
package dev.secureprediction.sandbox.node.volume;

import org.jspecify.annotations.NullMarked;
