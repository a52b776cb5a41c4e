package io.econtext.core;

import java.nio.charset.StandardCharsets;

/** Strings on the wire, and limits on them. */
public final class Text {
    private static final int UTF_LIMIT = 65535 / 3;

    private Text() {}

    public static byte[] bytes(String s) {
        return s.getBytes(StandardCharsets.UTF_8);
    }

    public static String string(byte[] b) {
        return new String(b, StandardCharsets.UTF_8);
    }

    /** What fits {@link java.io.DataOutput#writeUTF}; {@code null} becomes empty. */
    public static String utf(String s) {
        return utf(s, UTF_LIMIT);
    }

    /** The same, of at most {@code limit} characters. */
    public static String utf(String s, int limit) {
        return s == null ? "" : s.length() <= limit ? s : s.substring(0, limit - 1) + '…';
    }
}
