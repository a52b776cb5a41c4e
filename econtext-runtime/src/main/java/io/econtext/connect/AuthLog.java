package io.econtext.connect;

import io.econtext.ConnectFailedException.AuthenticationFailed;
import io.econtext.ConnectFailedException.PasswordRequired;
import io.econtext.ConnectFailedException.PasswordWrong;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What was tried to be let in, what the host offered, and what that makes of a refusal.
 *
 * <p>Safe for use by several threads.
 */
final class AuthLog {
    static final String REFUSED = "was not let in";
    static final String WRONG = "the password was refused";
    static final String REQUIRED = "a password is required and none is configured";

    private static final int MAX_LINES = 20;
    private static final Set<String> BY_PASSWORD = Set.of("password", "keyboard-interactive");

    private final SshTarget target;
    private final Set<String> tried = new LinkedHashSet<>();
    private final List<String> notes = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private List<String> offered = List.of();
    private boolean passwordGiven;
    private boolean passwordTaken;

    AuthLog(SshTarget target) {
        this.target = target;
    }

    synchronized void leftOut(List<String> reasons) {
        notes.addAll(reasons);
    }

    synchronized void note(String problem) {
        notes.add(problem);
    }

    synchronized void tries(String method) {
        tried.add(method);
    }

    synchronized boolean hasTried() {
        return !tried.isEmpty();
    }

    /** Whether the password may be given, once: many hosts lock an account that guesses. */
    synchronized boolean givesPassword() {
        boolean first = !passwordGiven;
        passwordGiven = true;
        return first;
    }

    /** The password was right, but isn't all that the host wants. */
    synchronized void passwordTaken() {
        passwordTaken = true;
    }

    synchronized void offers(List<String> methods) {
        offered = List.copyOf(methods);
    }

    /** Keeps the last lines of what the host has to say to people. */
    synchronized void banner(String text) {
        for (String line : text.split("\\R")) {
            if (!line.isBlank()) {
                lines.add(line.replaceAll("\\p{Cntrl}", "?"));
            }
        }
        while (lines.size() > MAX_LINES) {
            lines.remove(0);
        }
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /**
     * @param words with which the host ended the connection, or {@code null} if it just had no more to offer
     */
    synchronized SshFailure failure(String words, Throwable cause) {
        if (passwordGiven && !passwordTaken) {
            return new SshFailure(PasswordWrong::new, WRONG + " for " + who() + details(words), lines, cause);
        }
        if (target.credentials().password() == null && !offered.isEmpty() && BY_PASSWORD.containsAll(offered)) {
            return new SshFailure(PasswordRequired::new, REQUIRED + " for " + who() + details(words), lines, cause);
        }
        return new SshFailure(AuthenticationFailed::new, who() + " " + REFUSED + details(words), lines, cause);
    }

    /** A password was to be given, and who was asked had none. */
    synchronized SshFailure unanswered() {
        return new SshFailure(PasswordRequired::new, REQUIRED + " for " + who() + details(null), lines, null);
    }

    /** The host hung up instead of answering, as it does where an account has expired. */
    synchronized SshFailure hungUp(Throwable cause) {
        return new SshFailure(
                AuthenticationFailed::new, who() + " " + REFUSED + ", the host hung up" + details(null), lines, cause);
    }

    private String who() {
        return target.user() + " at " + target.host();
    }

    private String details(String words) {
        StringBuilder text = new StringBuilder("; tried: ")
                .append(tried.isEmpty() ? "nothing" : String.join(", ", tried))
                .append("; the host offers: ")
                .append(offered.isEmpty() ? "nothing" : String.join(", ", offered));
        for (String note : notes) {
            text.append("; ").append(note);
        }
        if (words != null) {
            text.append("; it said: ").append(words);
        }
        return text.toString();
    }
}
