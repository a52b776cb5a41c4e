package io.econtext;

import io.econtext.ConnectFailedException.Misconfigured;
import io.econtext.ConnectFailedException.NotAllowed;
import io.econtext.ConnectFailedException.PasswordWrong;

/** Another user of the same host, by {@code su}. Immutable; made by {@link #to}. */
public final class Su extends ProgramWay {
    static final String WRONG = "su did not accept the password";
    static final String NO_USER = "there is no such user";
    static final String NOT_ALLOWED = "su does not allow this";
    static final String ACCOUNT = "su says that the account or its password has expired, or that it may not log in";
    static final String NO_SHELL = "the user's shell could not be started; set the option 'shell'";
    static final String ENDED = "su started nothing and gave no known reason";

    private Su(Builder builder) {
        super(builder, builder.user, Address.of("su", builder.user), builder.launch());
    }

    /** @param user the user to become, such as {@code root} */
    public static Builder to(String user) {
        return new Builder(user);
    }

    /** Collects the settings of a {@link Su}. Not safe for use by several threads. */
    public static final class Builder extends ProgramWay.Builder<Builder> {
        private final String user;
        private Secret password;
        private boolean login;
        private String shell;

        private Builder(String user) {
            super("su");
            this.user = argument("user", user);
        }

        /** The password of the user to become, asked for when su asks for it; root needs none. */
        public Builder password(Secret secret) {
            password = secret;
            return this;
        }

        /** Makes it a login, with the environment and directory of one. */
        public Builder login() {
            login = true;
            return this;
        }

        /** The shell to use instead of the user's own, where su permits it. */
        public Builder shell(String path) {
            shell = argument("shell", path);
            return this;
        }

        private Launch.Builder launch() {
            Launch.Builder launch = run().asksPassword(null, password);
            if (login) {
                launch.with("-l");
            }
            if (shell != null) {
                launch.with("-s", shell);
            }
            return launch.with(user, "-c")
                    .byOneLine()
                    .inEnglish()
                    .fails("Authentication failure|incorrect password", PasswordWrong.class, WRONG)
                    .fails("does not exist|unknown user|No passwd entry", Misconfigured.class, NO_USER)
                    .fails("expired|required to change|not available", NotAllowed.class, ACCOUNT)
                    .fails("ermission denied|must be suid|cannot set|not permitted", NotAllowed.class, NOT_ALLOWED)
                    .fails("failed to execute|can't execute|[Cc]annot execute", Misconfigured.class, NO_SHELL)
                    .otherwise(NotAllowed.class, ENDED);
        }

        @Override
        public Su build() {
            return new Su(this);
        }
    }
}
