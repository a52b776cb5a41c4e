package io.econtext.connect;

import io.econtext.connect.SshTarget.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The keys to offer to a host, in order, and why others are left out.
 *
 * <p>Immutable after {@link #find}, which blocks.
 */
record Identities(List<Identity> keys, List<String> leftOut) {

    /** Named keys or the usual ones, each by the agent if it is there too and locked here; then the agent's others. */
    static Identities find(Credentials credentials, Path home) {
        List<Identity> keys = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        List<Identity> inAgent = new ArrayList<>();
        if (!credentials.methods().contains("publickey")) {
            return new Identities(keys, leftOut);
        }
        if (credentials.agent() != null) {
            try {
                inAgent.addAll(new Agent(credentials.agent()).identities());
            } catch (IOException | RuntimeException e) {
                leftOut.add("the agent at " + credentials.agent() + " can't be asked: " + e);
            }
        }
        for (Path file : credentials.identities().isEmpty() ? usual(home) : credentials.identities()) {
            try {
                Identity read = KeyFile.read(file, credentials.passphrase());
                Identity twin = inAgent.stream()
                        .filter(other -> other.key().equals(read.key()))
                        .findFirst()
                        .orElse(null);
                keys.add(twin == null || read.isAtHand() ? read : twin);
                inAgent.remove(twin);
            } catch (SshFailure e) {
                leftOut.add(file + ": " + e.getMessage());
            }
        }
        if (!credentials.onlyThese()) {
            keys.addAll(inAgent);
        }
        return new Identities(keys, leftOut);
    }

    private static List<Path> usual(Path home) {
        return Stream.of("id_ed25519", "id_ecdsa", "id_rsa")
                .map(home.resolve(".ssh")::resolve)
                .filter(Files::isRegularFile)
                .toList();
    }
}
