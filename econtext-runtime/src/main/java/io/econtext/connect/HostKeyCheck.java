package io.econtext.connect;

import io.econtext.ConnectFailedException.HostKeyChanged;
import io.econtext.ConnectFailedException.HostKeyUnknown;
import io.econtext.HostKeys;
import io.econtext.connect.KnownHosts.Entry;
import io.econtext.connect.KnownHosts.Mark;
import io.econtext.connect.SshTarget.HostRules;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides whether a host is the right one by the key it shows.
 *
 * <p>Immutable.
 */
final class HostKeyCheck {
    static final String CHANGED = "THE HOST KEY CHANGED";
    static final String UNKNOWN = "the host key is not known";
    static final String REVOKED = "the host key is revoked";

    private final HostRules rules;
    private final KnownHosts known;

    HostKeyCheck(HostRules rules, KnownHosts known) {
        this.rules = rules;
        this.known = known;
    }

    /** The types of key known for the host, which must be asked for first: another type would look like a change. */
    Set<String> knownTypes() {
        Set<String> types = new LinkedHashSet<>();
        if (rules.pinned() == null) {
            for (Entry entry : known.entries()) {
                if (entry.mark() == Mark.NONE) {
                    types.add(entry.key().type());
                }
            }
        }
        return types;
    }

    void accept(WireKey key) throws SshFailure {
        if (rules.pinned() != null) {
            if (!key.fingerprint().equals(rules.pinned())) {
                throw notPinned(List.of(key));
            }
            return;
        }
        List<Entry> exact = new ArrayList<>();
        Entry authority = null;
        boolean found = false;
        for (Entry entry : known.entries()) {
            boolean same = entry.key().base64().equals(key.base64());
            if (entry.mark() == Mark.AUTHORITY) {
                authority = entry;
            } else if (entry.mark() == Mark.REVOKED) {
                if (same) {
                    throw new SshFailure(
                            HostKeyChanged::new, REVOKED + " by " + entry.place() + ": " + key + ". Don't connect.");
                }
            } else if (same) {
                found = true;
            } else if (entry.exact()) {
                exact.add(entry);
            }
        }
        if (!found && !exact.isEmpty()) {
            throw changed(key, exact);
        }
        if (!found && rules.policy() != HostKeys.ACCEPT_NEW) {
            throw unknown(key, authority);
        }
    }

    /** Whether an accepted key is neither known nor pinned. */
    boolean isNew(WireKey key) {
        return rules.pinned() == null
                && !rules.knownHosts().isEmpty()
                && known.entries().stream()
                        .noneMatch(entry -> entry.key().base64().equals(key.base64()));
    }

    /** No key that the host has is the pinned one. */
    SshFailure notPinned(List<WireKey> shown) {
        String keys = shown.stream().map(WireKey::toString).collect(Collectors.joining(", "));
        return new SshFailure(
                HostKeyChanged::new,
                CHANGED + ": " + rules.name() + " showed " + keys + ", but " + rules.pinned()
                        + " is pinned. If the host has a new key, learn its fingerprint there and pin that");
    }

    private SshFailure changed(WireKey key, List<Entry> others) {
        String places = others.stream()
                .map(entry -> entry.place() + " (" + entry.key() + ")")
                .collect(Collectors.joining(", "));
        return new SshFailure(
                HostKeyChanged::new,
                CHANGED + ": " + rules.name() + " showed " + key + ", but known is " + places
                        + ". Somebody may be listening in. If the host has a new key, remove the old line");
    }

    private SshFailure unknown(WireKey key, Entry authority) {
        String files = rules.knownHosts().stream().map(Object::toString).collect(Collectors.joining(", "));
        String note = authority == null
                ? ""
                : "; the certificate authority of " + authority.place() + " can't help, certificates aren't supported";
        return new SshFailure(
                HostKeyUnknown::new,
                UNKNOWN + ": " + rules.name() + " showed " + key + ", which is not in " + files + note
                        + ". If it is the right one, pin it, or add this line: " + known.line(key));
    }
}
