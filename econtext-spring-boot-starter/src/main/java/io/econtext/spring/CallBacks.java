package io.econtext.spring;

import io.econtext.ConnectBack;
import io.econtext.Ssh;
import io.econtext.Way;
import org.jspecify.annotations.Nullable;

/** What is the same of contexts that call back, be they configured or specified. Stateless. */
public final class CallBacks {
    private static final String ANYWHERE = "anywhere";

    private CallBacks() {}

    /** Adds a host that it may call from, or any. */
    public static void from(ConnectBack.Builder back, String host) {
        if (host.equals(ANYWHERE)) {
            back.fromAnywhere();
        } else {
            back.from(host);
        }
    }

    /** Whether this program starts it itself: only that can call back. */
    public static boolean isOurs(Way way, @Nullable String via) {
        Way started = way instanceof ConnectBack back ? back.through() : way;
        return via == null || started instanceof Ssh ssh && ssh.isTunnelled();
    }
}
