package io.econtext;

import io.econtext.ConnectFailedException.Misconfigured;
import io.econtext.ConnectFailedException.NotAllowed;
import io.econtext.ConnectFailedException.PasswordWrong;
import io.econtext.ConnectFailedException.ToolMissing;

/**
 * Another user of the same host, by {@code doas}. Immutable; made by {@link #to}.
 *
 * <p>doas asks on a terminal only, so the host it is used on needs perl or python3.
 */
public final class Doas extends ProgramWay {
    static final String WRONG = "doas did not accept the password";
    static final String NO_USER = "there is no such user";
    static final String NOT_ALLOWED = "doas does not allow this; see /etc/doas.conf there";
    static final String NO_SHELL = "doas finds no sh";
    static final String ENDED = "doas started nothing and gave no known reason";

    private Doas(Builder builder) {
        super(builder, builder.user, Address.of("doas", builder.user), builder.launch());
    }

    /** @param user the user to become, such as {@code root} */
    public static Builder to(String user) {
        return new Builder(user);
    }

    /** Collects the settings of a {@link Doas}. Not safe for use by several threads. */
    public static final class Builder extends ProgramWay.Builder<Builder> {
        private final String user;
        private Secret password;

        private Builder(String user) {
            super("doas");
            this.user = argument("user", user);
        }

        /** The password of who calls doas, asked for when doas asks for it. */
        public Builder password(Secret secret) {
            password = secret;
            return this;
        }

        private Launch.Builder launch() {
            return run("-u", user)
                    .asksPasswordOnTerminal(password)
                    .fails("Authentication fail|Authorization failed", PasswordWrong.class, WRONG)
                    .fails("unknown user", Misconfigured.class, NO_USER)
                    .fails("not permitted|not enabled|not installed setuid|syntax error", NotAllowed.class, NOT_ALLOWED)
                    .fails("sh: command not found", ToolMissing.class, NO_SHELL)
                    .otherwise(NotAllowed.class, ENDED);
        }

        @Override
        public Doas build() {
            return new Doas(this);
        }
    }
}
