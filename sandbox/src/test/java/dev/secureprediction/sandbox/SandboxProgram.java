package dev.secureprediction.sandbox;

/** Starts a sandbox, says where it is, and waits to be killed. */
final class SandboxProgram {

    private SandboxProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        var sandbox = Sandbox.start(SandboxOptions.withImages(), StartListener.silent());
        System.out.println(sandbox.description().folder());
        Thread.currentThread().join();
    }
}
