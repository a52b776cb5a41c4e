package io.econtext.connect;

import java.util.List;
import java.util.function.Function;
import org.apache.sshd.client.auth.AbstractUserAuthFactory;
import org.apache.sshd.client.auth.UserAuth;
import org.apache.sshd.client.auth.UserAuthFactory;
import org.apache.sshd.client.session.ClientSession;

/** The methods of authentication that a session finds by name. Stateless. */
final class AuthMethods {
    static final List<UserAuthFactory> ALL = List.of(
            new Method(KeyMethod.NAME, Login::keys),
            new Method(PromptMethod.NAME, PromptMethod::new),
            new Method(PasswordMethod.NAME, PasswordMethod::new));

    private AuthMethods() {}

    private static final class Method extends AbstractUserAuthFactory {
        private final Function<Login, UserAuth> maker;

        Method(String name, Function<Login, UserAuth> maker) {
            super(name);
            this.maker = maker;
        }

        @Override
        public UserAuth createUserAuth(ClientSession session) {
            return maker.apply(Login.of(session));
        }
    }
}
