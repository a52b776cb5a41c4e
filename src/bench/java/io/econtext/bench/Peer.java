package io.econtext.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Map;

/** Runs the cases that a peer has, too, where it is installed for the system's Python. Used by one thread. */
final class Peer {
    private static final Map<String, String> CASES = Map.of(
            "many-time", Many.TIME,
            "many-memory", Many.MEMORY,
            "one-hop", Hops.ONE,
            "three-hops", Hops.THREE);

    private final String script;
    private final String name;

    /** @param script the path of {@code peer.py} */
    Peer(String script, String name) {
        this.script = script;
        this.name = name;
    }

    void measure(Samples samples) throws IOException {
        Process process = new ProcessBuilder(
                        "/usr/bin/python3",
                        script,
                        name,
                        String.valueOf(Many.PROCESSES),
                        String.valueOf(Many.AT_A_TIME))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        boolean there = false;
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ");
                for (int i = 1; i < words.length; i++) {
                    samples.keep(CASES.get(words[0]).formatted(name), Double.parseDouble(words[i]));
                }
                there = true;
            }
        }
        if (!there) {
            samples.note(name + " is left out: not installed (Debian: python3-" + name + ")");
        }
    }
}
