package io.econtext.parent;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds, in what a started command prints, the lines that answer the nonce: {@code ready}, {@code up} and
 * {@code fail}; what comes before them is noise of the target's start-up files and is kept for error texts.
 *
 * <p>Used by one thread.
 */
public final class Preamble {
    /** No answer yet. */
    public static final int SEARCHING = 0;
    /** The stage script and what follows may be sent; the search goes on. */
    public static final int READY = 1;
    /** The JVM is up: the binary protocol begins where {@link #feed} stopped. */
    public static final int UP = 2;
    /** The first stage gave up; see {@link #failureCode}. */
    public static final int FAILED = 3;
    /** More than {@link #MAX_NOISE} bytes came without an answer. */
    public static final int NOISY = 4;

    /** How much is searched. */
    public static final int MAX_NOISE = 64 * 1024;

    private static final int MAX_LINES = 20;
    private static final int MAX_LINE = 1024;

    private final byte[] mark;
    private byte[] text = new byte[256];
    private int length;
    private int lineStart;
    private int state = SEARCHING;
    private int javaVersion;
    private String failureCode;
    private String failureText;

    /** @param answer {@link FirstStage#answer} */
    public Preamble(String answer) {
        mark = ("econtext-" + answer + " ").getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Takes bytes until they end or the state changes.
     *
     * @return how many were taken; after {@link #UP} the rest is the binary protocol, after {@link #READY} it is to be
     *     fed again
     */
    public int feed(byte[] bytes, int offset, int count) {
        int before = state;
        for (int i = 0; i < count; i++) {
            if (state != before || state > READY) {
                return i;
            }
            take(bytes[offset + i]);
        }
        return count;
    }

    private void take(byte b) {
        if (length == text.length) {
            byte[] more = new byte[Math.min(2 * length, MAX_NOISE + 1)];
            System.arraycopy(text, 0, more, 0, length);
            text = more;
        }
        text[length++] = b;
        if (b == '\n') {
            line();
            lineStart = length;
        }
        if (length > MAX_NOISE) {
            state = NOISY;
        }
    }

    /** The mark may stand behind noise that ended without a line end, so all of the line is searched. */
    private void line() {
        for (int at = lineStart; at + mark.length < length; at++) {
            if (marked(at)) {
                String[] words = text(at + mark.length, length).trim().split(" ", 3);
                if (answer(words)) {
                    length = at;
                }
                return;
            }
        }
    }

    private boolean marked(int at) {
        for (int i = 0; i < mark.length; i++) {
            if (text[at + i] != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean answer(String[] words) {
        if (words[0].equals("ready") && state == SEARCHING) {
            state = READY;
        } else if (words[0].equals("up") && words.length > 1) {
            try {
                javaVersion = Integer.parseInt(words[1]);
                state = UP;
            } catch (NumberFormatException e) {
                return false;
            }
        } else if (words[0].equals("fail") && words.length > 1) {
            failureCode = words[1];
            failureText = words.length > 2 ? words[2] : "";
            state = FAILED;
        } else {
            return false;
        }
        return true;
    }

    private String text(int from, int to) {
        return new String(text, from, to - from, StandardCharsets.UTF_8);
    }

    /** What came since the last line end. */
    String unfinishedLine() {
        return text(lineStart, length);
    }

    /** What comes is a new line, though the last one has no end. */
    void endLine() {
        lineStart = length;
    }

    /** One of the constants above. */
    public int state() {
        return state;
    }

    /** The target's feature version, such as 8 or 17; 0 before {@link #UP}. */
    public int javaVersion() {
        return javaVersion;
    }

    /** {@code nojava}, {@code noway}, {@code eof} or {@code other}; {@code null} before {@link #FAILED}. */
    public String failureCode() {
        return failureCode;
    }

    /** What the target says about it, such as where it looked; {@code null} before {@link #FAILED}. */
    public String failureText() {
        return failureText;
    }

    /** The last 20 lines of the noise, oldest first, each cut at 1,024 characters; empty ones are left out. */
    public List<String> lastLines() {
        List<String> lines = new ArrayList<>();
        for (String line : text(0, length).split("[\r\n]+")) {
            if (!line.trim().isEmpty()) {
                lines.add(line.substring(0, Math.min(line.length(), MAX_LINE)));
            }
        }
        return new ArrayList<>(lines.subList(Math.max(0, lines.size() - MAX_LINES), lines.size()));
    }
}
