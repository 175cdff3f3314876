package dev.secureprediction.bench;

import java.nio.file.Path;

/** One thing that is measured: a proxy in a process of its own, or nothing between load and model. */
interface Subject extends AutoCloseable {

    /** As the report calls it. */
    String name();

    /** Where load is sent. */
    Target target();

    /** Process that is measured; 0 where there is none. */
    long pid();

    /** What it writes to. */
    Path log();

    @Override
    void close();
}
