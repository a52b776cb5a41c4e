package io.econtext;

import io.econtext.ConnectFailedException.Misconfigured;
import io.econtext.ConnectFailedException.NotAllowed;
import io.econtext.ConnectFailedException.PasswordRequired;
import io.econtext.ConnectFailedException.PasswordWrong;
import io.econtext.ConnectFailedException.ToolMissing;

/** Another user of the same host, by {@code sudo}. Immutable; made by {@link #to}. */
public final class Sudo extends ProgramWay {
    static final String NO_TERMINAL = "sudo wants a terminal (requiretty): set the option 'terminal'";
    static final String NO_USER = "there is no such user";
    static final String NOT_ALLOWED = "sudo does not allow this; see 'sudo -l' there";
    static final String NOT_ROOT = "sudo can't become root here: no setuid bit, a nosuid mount or no_new_privs";
    static final String ACCOUNT = "sudo says that the account is expired or locked";
    static final String WRONG = "sudo did not accept the password";
    static final String REQUIRED = "sudo asks for a password and got none";
    static final String OLD = "this sudo doesn't know an option that is needed";
    static final String NO_SHELL = "sudo finds no sh";
    static final String ENDED = "sudo started nothing and gave no known reason";

    private static final String PROMPT = "[econtext] password:";

    private Sudo(Builder builder) {
        super(builder, builder.user, Address.of("sudo", builder.user), builder.launch());
    }

    /** @param user the user to become, such as {@code root} */
    public static Builder to(String user) {
        return new Builder(user);
    }

    /** Collects the settings of a {@link Sudo}. Not safe for use by several threads. */
    public static final class Builder extends ProgramWay.Builder<Builder> {
        private final String user;
        private Secret password;
        private boolean login;
        private boolean terminal;

        private Builder(String user) {
            super("sudo");
            this.user = argument("user", user);
        }

        /** The password of who calls sudo, asked for when sudo asks for it. */
        public Builder password(Secret secret) {
            password = secret;
            return this;
        }

        /** Reads {@code /etc/profile} and {@code ~/.profile} first; by default neither is. */
        public Builder login() {
            login = true;
            return this;
        }

        /** Gives sudo a terminal, as its setting {@code requiretty} wants; that takes perl or python3. */
        public Builder terminal() {
            terminal = true;
            return this;
        }

        private Launch.Builder launch() {
            Launch.Builder launch = run("-H", "-p", PROMPT);
            if (terminal) {
                launch.asksPasswordOnTerminal(password);
            } else {
                launch.with("-S").asksPassword(PROMPT, password);
            }
            launch.with("-u", user, "--");
            if (login) {
                launch.byShell("sh", "-l", "-c");
            }
            return launch.inEnglish()
                    .fails("must have a tty|a terminal is required", NotAllowed.class, NO_TERMINAL)
                    .fails("unknown user", Misconfigured.class, NO_USER)
                    .fails("incorrect (password|authentication) attempt", PasswordWrong.class, WRONG)
                    .fails("a password is required|no password was provided", PasswordRequired.class, REQUIRED)
                    .fails("Account or password is expired|account validation failure", NotAllowed.class, ACCOUNT)
                    .fails(
                            "not in the sudoers file|not allowed to|may not run|I'm afraid",
                            NotAllowed.class,
                            NOT_ALLOWED)
                    .fails("uid is not 0|setuid bit|no new privileges", NotAllowed.class, NOT_ROOT)
                    .fails("(invalid|unknown|illegal|unrecognized) option", Misconfigured.class, OLD)
                    .fails("sh: command not found", ToolMissing.class, NO_SHELL)
                    .otherwise(NotAllowed.class, ENDED);
        }

        @Override
        public Sudo build() {
            return new Sudo(this);
        }
    }
}
