package io.econtext.connect;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches over the host key during one login and as long as its session lives: the first that is accepted stays the only
 * one.
 *
 * <p>Called by one thread at a time, the one that exchanges keys, or that begins or gives up a login.
 */
final class HostKeyGuard {
    private static final Logger LOG = LoggerFactory.getLogger(HostKeyGuard.class);

    private final SshTarget target;
    private final KnownHosts known;
    private final HostKeyCheck check;
    private final List<WireKey> notPinned = new ArrayList<>();
    private volatile WireKey accepted;
    private volatile SshFailure failure;

    HostKeyGuard(SshTarget target) throws IOException {
        this.target = target;
        known = KnownHosts.read(target.rules());
        check = new HostKeyCheck(target.rules(), known);
    }

    /** The order in which types of key are asked for; those that were not the pinned one aren't any more. */
    List<String> algorithms(List<String> supported) {
        List<String> algorithms = new ArrayList<>();
        for (String type : check.knownTypes()) {
            supported.stream().filter(name -> typeOf(name).equals(type)).forEach(algorithms::add);
        }
        supported.stream().filter(name -> !algorithms.contains(name)).forEach(algorithms::add);
        algorithms.removeIf(
                name -> notPinned.stream().anyMatch(key -> key.type().equals(typeOf(name))));
        return algorithms;
    }

    private static String typeOf(String algorithm) {
        return algorithm.startsWith("rsa-sha2-") ? "ssh-rsa" : algorithm;
    }

    /** Whether to go on with this key, which the host has proved to have. */
    boolean accepts(WireKey key) {
        if (accepted != null) {
            return accepted.equals(key);
        }
        try {
            check.accept(key);
            accepted = key;
            return true;
        } catch (SshFailure e) {
            failure = e;
            if (target.rules().pinned() != null) {
                notPinned.add(key);
            }
            return false;
        }
    }

    /** Whether the host may have the pinned key among others, which a new connection would ask for. */
    boolean tryAnother() {
        boolean another = failure != null && !notPinned.isEmpty();
        if (another) {
            failure = null;
        }
        return another;
    }

    /** Why no key was accepted; {@code null} if one was, or none shown. */
    SshFailure failure() {
        return failure == null && accepted == null && !notPinned.isEmpty() ? check.notPinned(notPinned) : failure;
    }

    /** Whether the accepted key is neither known nor pinned. */
    boolean isNew() {
        return check.isNew(accepted);
    }

    /** Makes the accepted key a known one; blocks. */
    void remember() {
        Path file = target.rules().knownHosts().get(0);
        try {
            known.add(accepted, file, target.rules().hashed());
        } catch (IOException e) {
            LOG.warn("The new host key of {} can't be added to {}: {}", target, file, e.toString());
        }
    }
}
