package io.econtext.connect;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs of OpenSSH's, run to their end. Stateless. */
final class Tool {
    private Tool() {}

    /** What the program printed. */
    static String run(String... command) throws IOException, InterruptedException {
        return run(List.of(), command);
    }

    /** @param environment as {@code NAME=value} */
    static String run(List<String> environment, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        for (String variable : environment) {
            int equals = variable.indexOf('=');
            builder.environment().put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
        return output;
    }

    /** A private key, with its public part beside it. */
    static Path key(Path file, String type, String passphrase, String... more)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("ssh-keygen", "-q", "-t", type, "-N", passphrase, "-f", file.toString()));
        command.addAll(List.of(more));
        run(command.toArray(String[]::new));
        return file;
    }
}
