package io.econtext.spring.shell;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * The lines of a tree. Immutable.
 *
 * @param next before a child that others follow
 * @param last before the last child
 * @param past below a child that others follow
 * @param nothing below the last child
 */
record Branches(String next, String last, String past, String nothing) {
    static final Branches DRAWN = new Branches("├─ ", "└─ ", "│  ", "   ");
    static final Branches ASCII = new Branches("|- ", "`- ", "|  ", "   ");

    /** Drawn where the terminal, or else the login, can show it. */
    static Branches ofThisTerminal() {
        String usual =
                System.getProperty("native.encoding", Charset.defaultCharset().name());
        return of(System.getProperty("stdout.encoding", usual));
    }

    static Branches of(String encoding) {
        Charset charset = Charset.isSupported(encoding) ? Charset.forName(encoding) : StandardCharsets.US_ASCII;
        return charset.newEncoder().canEncode(DRAWN.next() + DRAWN.last() + DRAWN.past()) ? DRAWN : ASCII;
    }
}
