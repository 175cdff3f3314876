package dev.secureprediction.cli;

import dev.secureprediction.cli.quickstart.Target;
import dev.secureprediction.sandbox.RunningSandbox;
import java.io.PrintWriter;
import java.util.List;

/** What a person can do with a sandbox that is up. */
final class Leaflet {

    private final PrintWriter out;

    Leaflet(PrintWriter out) {
        this.out = out;
    }

    void print(RunningSandbox sandbox, List<Target> targets) {
        out.println();
        targets.forEach(target -> out.printf(
                "Gateway of %-11s %s, forwarded from %s:%d%n",
                target.environment() + ":",
                target.url(),
                target.forwarded().getHostString(),
                target.forwarded().getPort()));
        out.println("KUBECONFIG:            " + sandbox.kubeconfig());
        out.println();
        out.println("Look:");
        out.printf("  KUBECONFIG=%s %s get spe -A%n", sandbox.kubeconfig(), sandbox.kubectl());
        out.println("  or, in a shell that is to use this sandbox:  eval \"$(./spe env)\"");
        out.println("Call:");
        out.println("  " + targets.getFirst().curl());
        out.println();
        out.println("Ctrl-C ends all of it.");
        out.flush();
    }
}
