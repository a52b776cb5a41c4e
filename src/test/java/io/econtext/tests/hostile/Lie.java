package io.econtext.tests.hostile;

import io.econtext.tests.hostile.HostileChild.Received;
import java.io.IOException;

/** What a {@link HostileChild} does instead of what it should. One instance serves one child, on that one's thread. */
interface Lie {
    String name();

    /** The configuration was read: an honest child says that it is up, and hello. */
    default void boot(HostileChild child) throws IOException {
        child.up();
        child.hello();
    }

    /** A call came: an honest child answers it. */
    default void called(HostileChild child, Received call) throws IOException {
        child.reply(call, Body.reply(0, 0));
    }
}
