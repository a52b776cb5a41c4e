package io.econtext.bench;

import java.io.IOException;
import java.nio.file.Path;

/** The floor: a JVM that says a word, and ends when its input does. Stateless. */
public final class Hello {
    private Hello() {}

    /** Starts one and waits for the word. */
    static Process start() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Hello.class.getName())
                .redirectErrorStream(true)
                .start();
        if (process.getInputStream().read() < 0) {
            throw new IOException("a bare JVM printed nothing");
        }
        return process;
    }

    public static void main(String[] arguments) throws IOException {
        System.out.println("hello");
        System.in.read();
    }
}
