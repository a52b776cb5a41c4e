package io.econtext.spring.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.econtext.ConnectFailedException;
import io.econtext.ConnectFailedException.AuthenticationFailed;
import io.econtext.ConnectFailedException.PasswordRequired;
import io.econtext.ContextState;
import io.econtext.RemoteContext;
import io.econtext.Way;
import io.econtext.spring.ScriptedContext;
import io.econtext.spring.ScriptedContexts;
import io.econtext.spring.Specs;
import io.econtext.spring.shell.Places.Place;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.shell.core.InputReader;

/** Which context a word means, how it is brought up, and who is asked for a password. */
class PlacesTest {

    private final ScriptedContext web1 = new ScriptedContext("web1");
    private final ScriptedContext root = new ScriptedContext("root").via(web1);
    private final ScriptedContexts contexts = new ScriptedContexts(web1, root);
    private final TypedPasswords passwords = new TypedPasswords();
    private final Places places = new Places(contexts, new Specs(), passwords);
    private final List<String> questions = new ArrayList<>();
    private String answer = "geheim";

    private final InputReader reader = new InputReader() {
        @Override
        public char[] readPassword(String prompt) {
            questions.add(prompt);
            return answer.toCharArray();
        }
    };

    @Test
    void aConfiguredContextIsBroughtUpAfterTheOneThatStartsIt() {
        web1.refusing(new PasswordRequired("ssh://web1", "it asks", List.of(), null));

        assertThatExceptionOfType(PasswordRequired.class)
                .isThrownBy(() -> places.connect("web1/root", reader))
                .withMessageContaining("ssh://web1");
        assertThat(root.state()).isEqualTo(ContextState.NEW);
        assertThat(questions).containsExactly("password for web1: ");
        assertThat(passwords.password("web1")).isEqualTo("geheim".toCharArray());
        assertThat(passwords.password("web1")).isNull();
    }

    @Test
    void nobodyIsAskedTwiceOrAgainAfterAnEmptyAnswer() {
        answer = "";
        PasswordRequired refusal = new PasswordRequired("ssh://web1", "it asks", List.of(), null);
        web1.refusing(refusal);

        assertThatExceptionOfType(PasswordRequired.class)
                .isThrownBy(() -> places.connect("web1", reader))
                .isSameAs(refusal);
        assertThat(questions).hasSize(1);
        assertThat(passwords.password("web1")).isNull();
    }

    @Test
    void otherFailuresAskNobody() {
        web1.refusing(
                new AuthenticationFailed("ssh://web1", "no key", List.of("Permission denied (publickey)."), null));

        assertThatExceptionOfType(AuthenticationFailed.class).isThrownBy(() -> places.connect("web1", reader));
        assertThat(questions).isEmpty();
    }

    @Test
    void aSpecificationIsTriedWithoutAPasswordFirst() {
        List<ConnectFailedException> refusals = new ArrayList<>(List.of(new AuthenticationFailed(
                "ssh://db", "no key", List.of("Permission denied (publickey,password)."), null)));
        contexts.making((Way way) -> {
            ScriptedContext made = new ScriptedContext(way.name());
            return refusals.isEmpty() ? made : made.refusing(refusals.remove(0));
        });

        try (Place place = places.place("ssh://db?via=web1", reader)) {
            assertThat(place.context().name()).isEqualTo("web1/db");
            assertThat(place.context().via()).isSameAs(web1);
            assertThat(web1.state()).isEqualTo(ContextState.CONNECTED);
        }
        assertThat(questions).containsExactly("password for ssh://db?via=web1: ");
        assertThat(contexts.forgotten).containsExactly("web1/db", "web1/db");
        assertThat(web1.state()).isEqualTo(ContextState.CONNECTED);
    }

    @Test
    void whatWasConnectedOnTheWayIsClosedToo() {
        contexts.making((Way way) -> new ScriptedContext(way.name()));

        try (Place place = places.place("su://app?via=sudo://root?via=ssh://db", reader)) {
            assertThat(place.context().name()).isEqualTo("db/root/app");
            assertThat(contexts.all())
                    .extracting(RemoteContext::name)
                    .containsExactly("web1", "web1/root", "db", "db/root", "db/root/app");
        }
        assertThat(contexts.forgotten).containsExactly("db/root/app", "db/root", "db");
    }

    @Test
    void whatWasConnectedOnTheWayIsClosedIfThatWasInVain() {
        contexts.making((Way way) -> way.name().equals("root")
                ? new ScriptedContext("root")
                        .refusing(new ConnectFailedException.NotAllowed("sudo://root", "no", List.of(), null))
                : new ScriptedContext(way.name()));

        assertThatExceptionOfType(ConnectFailedException.NotAllowed.class)
                .isThrownBy(() -> places.place("sudo://root?via=ssh://db", reader));
        assertThat(contexts.forgotten).containsExactly("db/root", "db");
    }

    @Test
    void twoOfOneNameAreTwoContexts() {
        contexts.making((Way way) -> new ScriptedContext(way.name()));

        assertThat(places.connect("sudo://root?via=web1", reader).name()).isEqualTo("web1/root-2");
    }
}
