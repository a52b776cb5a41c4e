package io.econtext;

/** What to do about a host key that is not in {@code known_hosts}. A key that changed is always refused. */
public enum HostKeys {
    /** Refuse it. The default. */
    STRICT,
    /** Accept it and add it to {@code known_hosts}, as OpenSSH's {@code StrictHostKeyChecking accept-new} does. */
    ACCEPT_NEW
}
