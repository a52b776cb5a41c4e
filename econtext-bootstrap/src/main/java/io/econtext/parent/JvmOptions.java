package io.econtext.parent;

import io.econtext.ContextOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What every context's JVM is told. Constants and functions of them. */
final class JvmOptions {
    /** Keeps the JVM from writing to disk and from outliving its use; plain enough for any shell's command line. */
    static final String ALWAYS = "-XX:+IgnoreUnrecognizedVMOptions -XX:-UsePerfData -XX:+DisableAttachMechanism"
            + " -XX:+ErrorFileToStderr -XX:-CreateCoredumpOnCrash -XX:+ExitOnOutOfMemoryError";

    private static final String[] DEFAULTS = {
        "-XX:TieredStopAtLevel=1",
        "-XX:-DumpReplayDataOnError",
        "-Djava.util.logging.config.class=io.econtext.core.LogBridge",
        "-Djava.protocol.handler.pkgs=io.econtext.core",
    };

    /** The optimizing compiler makes loops that a halt waits for, if not told; silent only with both options. */
    private static final String[] WITH_C2 = {"-XX:+UseCountedLoopSafepoints", "-XX:LoopStripMiningIter=1000"};

    private JvmOptions() {}

    /** What follows {@link #ALWAYS}; a user's own come last, so they win. */
    static List<String> of(ContextOptions options) {
        List<String> all = new ArrayList<>(Arrays.asList(DEFAULTS));
        all.add("-Xmx" + options.maxHeap());
        for (String option : options.jvmOptions()) {
            if (option.contains("Tiered")) {
                all.addAll(Arrays.asList(WITH_C2));
                break;
            }
        }
        all.addAll(options.jvmOptions());
        return all;
    }
}
