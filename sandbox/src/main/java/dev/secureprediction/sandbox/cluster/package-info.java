/** A real Kubernetes control plane on loopback: etcd, kube-apiserver and kube-controller-manager. */
@NullMarked
package dev.secureprediction.sandbox.cluster;

import org.jspecify.annotations.NullMarked;
