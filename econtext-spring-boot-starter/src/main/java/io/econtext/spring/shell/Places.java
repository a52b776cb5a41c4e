package io.econtext.spring.shell;

import io.econtext.ConnectBack;
import io.econtext.ConnectFailedException;
import io.econtext.ContextState;
import io.econtext.RemoteContext;
import io.econtext.Secret;
import io.econtext.Ssh;
import io.econtext.Way;
import io.econtext.spring.Contexts;
import io.econtext.spring.Spec;
import io.econtext.spring.Specs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.InputReader;

/**
 * Finds the context that a word on the command line means: the name of one, or a specification. Asks for a password where
 * one is needed and not configured.
 *
 * <p>Safe for use by any number of threads.
 */
public final class Places {
    static final String ALLOWED =
            "NAME is one of them or a specification, such as ssh://[user@]host[:port] or sudo://root?via=NAME";

    /** What an ssh program prints that had no password to offer. */
    private static final Pattern PASSWORD_OFFERED =
            Pattern.compile("Permission denied \\(.*(password|keyboard-interactive)");

    /** One without what OpenSSH replaces. */
    private static final Pattern PLAIN_PATH = Pattern.compile("(?!none$)[^~%$]+", Pattern.CASE_INSENSITIVE);

    private final Contexts contexts;
    private final Specs specs;
    private final TypedPasswords passwords;

    /** Finds these contexts, and others by these specifications. */
    public Places(Contexts contexts, Specs specs, TypedPasswords passwords) {
        this.contexts = contexts;
        this.specs = specs;
        this.passwords = passwords;
    }

    /** A context for the time of a command; closed by the end of it where it was connected for it. */
    static final class Place implements AutoCloseable {
        private final RemoteContext context;
        private final Runnable end;

        private Place(RemoteContext context, Runnable end) {
            this.context = context;
            this.end = end;
        }

        RemoteContext context() {
            return context;
        }

        @Override
        public void close() {
            end.run();
        }
    }

    /** What the word means, brought up; one that was closed stays that, as it takes a connect to bring it up again. */
    Place place(String word, InputReader reader) {
        if (Specs.isSpec(word)) {
            return ofSpec(word, reader);
        }
        RemoteContext context = contexts.named(word);
        return new Place(context.state() == ContextState.CLOSED ? context : up(context, reader), () -> {});
    }

    /** What the word means, not brought up, and neither is what starts it. */
    Place known(String word, InputReader reader) {
        if (!Specs.isSpec(word)) {
            return new Place(contexts.named(word), () -> {});
        }
        Spec spec = parse(specs, word);
        checkIdentities(word, spec);
        Place via = spec.via() == null ? null : known(spec.via(), reader);
        Specs asking = specs.withPassword(Secret.from(() -> ask(word, reader)));
        RemoteContext context = define(asking, word, via == null ? null : via.context());
        return new Place(context, () -> {
            contexts.forget(context.name());
            if (via != null) {
                via.close();
            }
        });
    }

    /** What a start of the context would meet. */
    Map<String, String> examine(RemoteContext context) {
        return contexts.examine(context.name());
    }

    /** Brings up what the word means and leaves it up. */
    RemoteContext connect(String word, InputReader reader) {
        return Specs.isSpec(word) ? ofSpec(word, reader).context() : up(contexts.named(word), reader);
    }

    /** Ends what the word means, and forgets it where it isn't configured. */
    void close(String name) {
        if (contexts.isConfigured(name)) {
            contexts.named(name).close();
        } else {
            contexts.named(name);
            contexts.forget(name);
        }
    }

    List<RemoteContext> all() {
        return contexts.all();
    }

    List<String> names() {
        return all().stream().map(RemoteContext::name).toList();
    }

    /** Ancestors come first, so that it is clear who wants a password. */
    RemoteContext up(RemoteContext context, InputReader reader) {
        if (context.state() == ContextState.CONNECTED) {
            return context;
        }
        if (context.via() != null) {
            up(context.via(), reader);
        }
        try {
            return context.connect();
        } catch (ConnectFailedException e) {
            if (!wantsPassword(e) || !passwords.type(context.name(), ask(context.name(), reader))) {
                throw e;
            }
            return context.connect();
        }
    }

    private Place ofSpec(String word, InputReader reader) {
        Spec spec = parse(specs, word);
        checkIdentities(word, spec);
        Place via = spec.via() == null ? null : place(spec.via(), reader);
        try {
            RemoteContext context = connect(word, spec, via == null ? null : via.context(), reader);
            return new Place(context, () -> {
                contexts.forget(context.name());
                if (via != null) {
                    via.close();
                }
            });
        } catch (RuntimeException e) {
            if (via != null) {
                via.close();
            }
            throw e;
        }
    }

    private RemoteContext connect(String word, Spec spec, @Nullable RemoteContext via, InputReader reader) {
        if (ssh(spec) != null) {
            // the client asks for the password in the middle of its talk with the host
            return connect(specs.withPassword(Secret.from(() -> ask(word, reader))), word, via);
        }
        try {
            return connect(specs, word, via);
        } catch (ConnectFailedException e) {
            char[] password = wantsPassword(e) ? ask(word, reader) : null;
            if (password == null) {
                throw e;
            }
            return connect(specs.withPassword(TypedPasswords.once(password)), word, via);
        }
    }

    private RemoteContext connect(Specs by, String word, @Nullable RemoteContext via) {
        RemoteContext context = define(by, word, via);
        try {
            return context.connect();
        } catch (RuntimeException e) {
            contexts.forget(context.name());
            throw e;
        }
    }

    /** By a name that no context has: two specifications of one host are two contexts. */
    private synchronized RemoteContext define(Specs by, String word, @Nullable RemoteContext via) {
        String name = parse(by, word).way().name();
        String prefix = via == null ? "" : via.name() + "/";
        List<String> taken = names();
        String free = name;
        for (int number = 2; taken.contains(prefix + free); number++) {
            free = name + "-" + number;
        }
        String unique = free.equals(name) ? word : word + (word.indexOf('?') < 0 ? "?" : "&") + "name=" + free;
        return contexts.define(parse(by, unique).way(), via);
    }

    private static Spec parse(Specs by, String word) {
        try {
            return by.parse(word);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    /** A misspelt one would merely be left out, as other keys may do. */
    private static void checkIdentities(String word, Spec spec) {
        Ssh ssh = ssh(spec);
        if (ssh != null) {
            for (String identity : ssh.identities()) {
                if (PLAIN_PATH.matcher(identity).matches()
                        && Files.notExists(Path.of(identity))
                        && Files.notExists(Path.of(identity + ".pub"))) {
                    throw new UsageException(word + ": identity=" + identity + ": there is no such file");
                }
            }
        }
    }

    /** What the client of this program connects to, if that starts the context. */
    private static @Nullable Ssh ssh(Spec spec) {
        Way started = spec.way() instanceof ConnectBack back ? back.through() : spec.way();
        return started instanceof Ssh ssh && (spec.via() == null || ssh.isTunnelled()) ? ssh : null;
    }

    private static boolean wantsPassword(ConnectFailedException e) {
        return e instanceof ConnectFailedException.PasswordRequired
                || e instanceof ConnectFailedException.AuthenticationFailed
                        && e.lastLines().stream().anyMatch(PASSWORD_OFFERED.asPredicate());
    }

    /** One question at a time; {@code null} where nobody answers. */
    private char @Nullable [] ask(String what, InputReader reader) {
        synchronized (passwords) {
            try {
                char[] typed = reader.readPassword("password for " + what + ": ");
                return typed == null || typed.length == 0 ? null : typed;
            } catch (Exception e) {
                // nobody is there to ask
                return null;
            }
        }
    }
}
