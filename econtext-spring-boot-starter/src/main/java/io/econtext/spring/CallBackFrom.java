package io.econtext.spring;

import io.econtext.ConnectBack;

/** What is said of the hosts that a context may call back from, one at a time. Stateless. */
public final class CallBackFrom {
    private static final String ANYWHERE = "anywhere";

    private CallBackFrom() {}

    /** Adds a host, or any. */
    public static void add(ConnectBack.Builder back, String host) {
        if (host.equals(ANYWHERE)) {
            back.fromAnywhere();
        } else {
            back.from(host);
        }
    }
}
