package dev.secureprediction.sandbox.cloud.api;

import io.grpc.stub.StreamObserver;

/** Answers of unary methods. */
final class Replies {

    private Replies() {}

    static <T> void send(StreamObserver<T> observer, T reply) {
        observer.onNext(reply);
        observer.onCompleted();
    }
}
