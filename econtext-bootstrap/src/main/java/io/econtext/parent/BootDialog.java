package io.econtext.parent;

import io.econtext.Launch;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The talk with a context that is being started, without its I/O: is told what comes from it, and says what to write and
 * how it went.
 *
 * <p>Whoever does the I/O writes what {@link #begin} says and, after everything that came, what {@link #next} says; when
 * that is written, what {@link #written} says. After each it asks whether it {@link #isUp} and for its {@link #failure}.
 * All boot bytes are written at once, unless the program that starts the context may ask for a password: then not before
 * it can't take them for one any more.
 *
 * <p>Safe for use by several threads. The three that say what to write may block, to ask for a password, and hold nobody
 * up then.
 */
public final class BootDialog {
    /** The type of what isn't a failure: what an examination has found. */
    public static final String REPORT = "Report";

    static final String NO_JAVA = "no Java was found; looked at: ";
    static final String NO_JAVA_CURE = ". Install a JRE of 8 or newer, or set the option 'java'";
    static final String NO_WAY = "nothing there can hold the core without writing to disk: ";
    static final String NO_WAY_CURE = ". Install perl or python3, mount a RAM file system at /dev/shm, "
            + "or set the option 'allow-disk' to a directory";
    static final String NOISE =
            "printed more than 64 KiB before the context came up; make the login's start-up files quieter";
    static final String TOO_OLD = "its Java is older than 8; set the option 'java' to a newer one";
    static final String DIED = "ended before the context was up: ";
    static final String NO_TRANSPORT = "no connection within ";
    static final String NOT_LAUNCHED = " neither asked for a password nor started the context within ";
    static final String NO_BOOT = "the command was started, but no context came up within ";
    static final String PASSWORD_REQUIRED = " asks for a password and none is configured";
    static final String PASSWORD_UNKNOWN = " asks for a password, and who was to tell it failed: ";
    static final String PASSWORD_WRONG = " did not accept the password";

    private static final String LAST_WORDS = "; last words: ";
    private static final String OTHER = "other";
    private static final String EXIT_STATUS = "exit status ";
    private static final int MAX_LINES = 20;
    private static final int MAX_LINE = 8192;

    private final Launch launch;
    private final Preamble preamble;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final List<String> errorLines = new ArrayList<>();
    private byte[] boot;
    private boolean begun;
    private boolean writing;
    /** The boot bytes may be written. */
    private boolean ready;

    private boolean asked;
    private boolean answerDue;
    private BootFailure failure;

    /**
     * @param launch the program that starts it, or {@code null} if that isn't known or says nothing by itself
     * @param answer {@link FirstStage#answer}
     */
    public BootDialog(Launch launch, String answer) {
        this.launch = launch;
        preamble = new Preamble(answer);
        ready = launch == null || !launch.asksPassword();
    }

    /** How a process ended, in words: {@code exit status 1}, {@code killed by signal 9}. */
    public static String ending(int status) {
        return status > 128 && status < 160 ? "killed by signal " + (status - 128) : EXIT_STATUS + status;
    }

    /**
     * The program was started.
     *
     * @param all what is written before the context can serve
     */
    public byte[] begin(byte[] all) {
        synchronized (this) {
            begun = true;
            boot = all;
        }
        return next();
    }

    /** What was to be written is. */
    public byte[] written() {
        synchronized (this) {
            writing = false;
        }
        return next();
    }

    /** What is to be written now, or {@code null}. The caller's own, to be wiped when it is written. */
    public byte[] next() {
        synchronized (this) {
            if (writing || failure != null || !answerDue && !(ready && boot != null)) {
                return null;
            }
            writing = true;
            if (!answerDue) {
                byte[] due = boot;
                boot = null;
                return due;
            }
            answerDue = false;
        }
        char[] password;
        try {
            password = launch.takePassword();
        } catch (RuntimeException e) {
            fail("PasswordRequired", launch.programName() + PASSWORD_UNKNOWN + e);
            return null;
        }
        if (password == null) {
            fail("PasswordRequired", launch.programName() + PASSWORD_REQUIRED);
            return null;
        }
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        byte[] answer = new byte[bytes.remaining() + 1];
        bytes.get(answer, 0, answer.length - 1);
        answer[answer.length - 1] = '\n';
        Arrays.fill(bytes.array(), (byte) 0);
        Arrays.fill(password, '\0');
        return answer;
    }

    /** Whether all boot bytes were handed out: when they are written, messages may follow. */
    public synchronized boolean isAllSaid() {
        return begun && boot == null;
    }

    /**
     * Takes what came from the context's stdout.
     *
     * @return how many bytes were taken; the rest is the binary protocol
     */
    public synchronized int out(byte[] bytes, int offset, int count) {
        int taken = 0;
        int more = 1;
        while (more > 0 && failure == null && !isUp()) {
            more = preamble.feed(bytes, offset + taken, count - taken);
            taken += more;
            heard();
        }
        return taken;
    }

    private void heard() {
        switch (preamble.state()) {
            case Preamble.SEARCHING:
                if (!ready && asks(preamble.unfinishedLine())) {
                    preamble.endLine();
                    answerDue();
                }
                break;
            case Preamble.READY:
                ready = true;
                break;
            case Preamble.FAILED:
                failed(preamble.failureCode(), preamble.failureText());
                break;
            case Preamble.NOISY:
                fail("Noise", NOISE);
                break;
            default:
        }
    }

    private void failed(String code, String text) {
        if (code.equals("nojava")) {
            fail("NoJava", NO_JAVA + text + NO_JAVA_CURE);
        } else if (code.equals("report")) {
            fail(REPORT, text);
        } else if (code.equals("noway")) {
            fail("NoWay", NO_WAY + text + NO_WAY_CURE);
        } else {
            fail("Died", DIED + (code.equals(OTHER) ? text : code + " " + text));
        }
    }

    /**
     * Takes what came from the context's stderr, also when it is up.
     *
     * @return the lines that were completed by it, without those that are empty
     */
    public synchronized List<String> err(byte[] bytes, int offset, int count) {
        List<String> completed = new ArrayList<>();
        for (int i = offset; i < offset + count; i++) {
            if (bytes[i] == '\n' || line.size() >= MAX_LINE) {
                endLine(completed);
            }
            if (bytes[i] != '\n' && bytes[i] != '\r') {
                line.write(bytes[i]);
            }
        }
        if (!ready && asks(unfinishedLine())) {
            line.reset();
            answerDue();
        }
        return completed;
    }

    /** No more will come from its stderr: its last line, if that has no end, or nothing. */
    public synchronized List<String> errEnded() {
        List<String> completed = new ArrayList<>();
        endLine(completed);
        return completed;
    }

    private String unfinishedLine() {
        return new String(line.toByteArray(), StandardCharsets.UTF_8);
    }

    private void endLine(List<String> completed) {
        String text = unfinishedLine();
        line.reset();
        if (!text.isEmpty()) {
            completed.add(text);
            errorLines.add(text);
            if (errorLines.size() > MAX_LINES) {
                errorLines.remove(0);
            }
        }
    }

    private boolean asks(String text) {
        if (launch.prompt() != null) {
            return text.contains(launch.prompt());
        }
        String trimmed = text.trim();
        // its own name begins a message of which the rest is still to come
        return (trimmed.endsWith(":") || trimmed.endsWith("\uff1a")) && !trimmed.equals(launch.programName() + ":");
    }

    /** It asks, for the first time or once more. */
    private void answerDue() {
        if (!asked) {
            asked = true;
            answerDue = true;
        } else {
            Launch.Symptom symptom = symptom("");
            if (symptom == null) {
                fail("PasswordWrong", launch.programName() + PASSWORD_WRONG);
            } else {
                fail(symptom.type(), symptom.cure());
            }
        }
    }

    /** Whether the context's JVM is there. */
    public synchronized boolean isUp() {
        return preamble.state() == Preamble.UP;
    }

    /** Why no context will come up, or {@code null} if that isn't known yet. */
    public synchronized BootFailure failure() {
        return failure;
    }

    /**
     * It ended before the context was up.
     *
     * @param reason for people, as {@link #ending} has it
     * @return why, if that wasn't known before
     */
    public synchronized BootFailure ended(String reason) {
        Launch.Symptom symptom = symptom(reason);
        if (symptom != null) {
            fail(symptom.type(), symptom.cure());
        } else if (find("UnsupportedClassVersionError|Unsupported major\\.minor version")) {
            fail("JavaTooOld", TOO_OLD);
        } else {
            fail("Died", DIED + reason);
        }
        return failure;
    }

    /**
     * It took too long.
     *
     * @param limit how long it may take, for people
     * @return that, or why it failed before
     */
    public synchronized BootFailure timedOut(String limit) {
        fail("TimedOut", (!begun ? NO_TRANSPORT : ready ? NO_BOOT : launch.programName() + NOT_LAUNCHED) + limit);
        return failure;
    }

    /** @param reason how it ended, or an empty text if it goes on */
    private Launch.Symptom symptom(String reason) {
        boolean itself = launch != null
                && preamble.state() == Preamble.SEARCHING
                && (launch.failureStatus() == 0 || reason.isEmpty() || reason.equals(ending(launch.failureStatus())));
        if (itself) {
            for (Launch.Symptom symptom : launch.symptoms()) {
                if (symptom.pattern() == null ? !reason.isEmpty() && !ready : find(symptom.pattern())) {
                    return symptom;
                }
            }
        }
        return null;
    }

    private boolean find(String expression) {
        Pattern pattern = Pattern.compile(expression);
        for (String printed : lastLines()) {
            if (pattern.matcher(printed).find()) {
                return true;
            }
        }
        return false;
    }

    /** Whatever is found out first is why. */
    private synchronized void fail(String type, String text) {
        if (failure == null) {
            failure = new BootFailure(type, text, lastLines());
        }
    }

    /**
     * Why a context that was up is gone.
     *
     * @param goodbye what it said last, or {@code null}
     * @param end how its process or its connection ended
     */
    public synchronized String loss(String goodbye, String end) {
        if (goodbye != null && end.equals(ending(0))) {
            return goodbye;
        }
        StringBuilder text = new StringBuilder(goodbye == null ? end : goodbye + "; " + end);
        String before = LAST_WORDS;
        for (String printed : errorLines) {
            text.append(before).append(printed);
            before = " | ";
        }
        return text.toString();
    }

    /** What was printed to stdout before the context was up, at most 20 lines. */
    public synchronized List<String> noise() {
        return preamble.lastLines();
    }

    /** What was printed last, to stdout before the context was up or to stderr; at most 20 lines. */
    public synchronized List<String> lastLines() {
        List<String> lines = noise();
        lines.addAll(errorLines);
        String unfinished = unfinishedLine();
        if (!unfinished.isEmpty()) {
            lines.add(unfinished);
        }
        return new ArrayList<>(lines.subList(Math.max(0, lines.size() - MAX_LINES), lines.size()));
    }
}
