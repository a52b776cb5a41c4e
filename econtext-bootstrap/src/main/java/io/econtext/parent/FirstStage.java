package io.econtext.parent;

import io.econtext.ContextOptions;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What turns a started command and its stdin into a running JVM, with nothing written to disk: one command line, then
 * the stage script and the boot jar on stdin, which the core's bytes follow.
 *
 * <p>Immutable.
 */
public final class FirstStage {
    /** The longest command line that is ever made. */
    public static final int MAX_COMMAND = 500;

    /** Linux allows 128 KiB for one argument, and the script is one. */
    private static final int MAX_SCRIPT = 99_999;

    private final String command;
    private final byte[] stdin;
    private final int scriptLength;
    private final String answer;

    /**
     * @param nonce between 10,000,000 and 99,999,999, another one for every boot
     * @param asksPassword whether the way in may ask for a password on the same stdin: then the target prints
     *     {@code ready} when it can't be asked any more, and {@link #stdin} is held back until then
     */
    public FirstStage(ContextOptions options, int nonce, byte[] bootJar, boolean asksPassword) {
        this(options, nonce, bootJar, asksPassword, false);
    }

    /**
     * @param pipes whether the command's stdin and stdout are pipes that the target's user may open by their names in
     *     {@code /proc}: then the JVM need not be told to open up {@code java.io}, which saves it 5 to 12 ms
     */
    public FirstStage(ContextOptions options, int nonce, byte[] bootJar, boolean asksPassword, boolean pipes) {
        this(StageScript.of(options, bootJar.length, pipes), nonce, bootJar, asksPassword);
    }

    private FirstStage(String text, int nonce, byte[] bootJar, boolean asksPassword) {
        if (nonce < 10_000_000 || nonce > 99_999_999) {
            throw new IllegalArgumentException("nonce " + nonce + " has not eight digits");
        }
        answer = Integer.toString(nonce * 17);
        byte[] script = text.getBytes(StandardCharsets.US_ASCII);
        if (script.length > MAX_SCRIPT) {
            throw new IllegalArgumentException("JVM options and environment take " + script.length
                    + " bytes with the script that sets them; " + MAX_SCRIPT + " are allowed");
        }
        scriptLength = script.length;
        stdin = Arrays.copyOf(script, script.length + bootJar.length);
        System.arraycopy(bootJar, 0, stdin, script.length, bootJar.length);
        command = command(nonce, script.length, asksPassword);
    }

    /** One that starts nothing, and tells in a failure {@code report} what a start would meet. */
    public static FirstStage examining(ContextOptions options, int nonce, boolean asksPassword) {
        return new FirstStage(StageScript.examination(options), nonce, new byte[0], asksPassword);
    }

    /**
     * Reads the script and becomes it. dd never reads more than it is told, which busybox's head does; an empty read
     * is the end of stdin, a failed one a stdin that doesn't block, tried again for some ten seconds.
     */
    private static String command(int nonce, int length, boolean asksPassword) {
        return "exec sh -c 'a=$((" + nonce + "*17));"
                + (asksPassword ? "echo;echo econtext-$a ready;" : "")
                // where it is missing, sh would make a file of it
                + "s=;k=99;[ -c /dev/null ]||k=0;"
                + "while c=$((" + length + "-${#s}));[ $((c*k)) -gt 0 ];do "
                + "x=$(dd bs=$c count=1 2>/dev/null&&echo .||echo ,);s=$s${x%?};"
                + "case $x in .)k=0;;,)k=$((k-1));sleep .1||sleep 1;esac;done;"
                + "[ $c = 0 ]&&eval \"$s\";echo;echo econtext-$a fail eof no script or /dev/null' e "
                + JvmOptions.ALWAYS;
    }

    /** One line for any login shell: no line end, exclamation mark, backslash, or quote but the script's own two. */
    public String command() {
        return command;
    }

    /** What the command reads first; the core follows on the same stream. A copy. */
    public byte[] stdin() {
        return stdin.clone();
    }

    /** The part of {@link #stdin} before the boot jar. A copy. */
    public byte[] script() {
        return Arrays.copyOf(stdin, scriptLength);
    }

    /** What the target puts into its preamble; it stands nowhere in what was sent. */
    public String answer() {
        return answer;
    }
}
