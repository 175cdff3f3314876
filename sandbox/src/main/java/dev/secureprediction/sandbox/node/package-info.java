/** A kubelet in miniature: containers are processes, volumes are files, each pod has its own loopback address. */
@NullMarked
package dev.secureprediction.sandbox.node;

import org.jspecify.annotations.NullMarked;
