package io.econtext.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.econtext.Call;
import io.econtext.Fn0;
import io.econtext.Local;
import io.econtext.NotPortableException;
import io.econtext.RemoteContext;
import io.econtext.TypeRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What is said of a function that can't be sent stands in docs/errors.md, with its cure. */
class RefusedFunctionsPageTest {
    @AutoClose
    private final Broker broker = Broker.create();

    private final RemoteContext context = broker.define(Local.process());
    private final List<String> held = List.of("here");

    @Test
    void everyRefusalIsOnThePage() throws IOException {
        List<Object> mixed = List.of(1, "one");
        EnumMap<Thread.State, String> empty = new EnumMap<>(Thread.State.class);
        String page = Files.readString(Path.of(Files.isDirectory(Path.of("docs")) ? "docs" : "../docs", "errors.md"));
        Stream.<ThrowingCallable>of(
                        () -> context.call(new Fn0<String, RuntimeException>() {
                            private static final long serialVersionUID = 1;

                            @Override
                            public String apply() {
                                return "";
                            }
                        }),
                        () -> context.call(() -> held.size()),
                        () -> context.call(() -> List.of(1)),
                        () -> context.call(() -> mixed.size()),
                        () -> context.call(() -> empty.size()),
                        () -> context.invoke(named("java.lang.Integer", "parseInt")),
                        () -> context.invoke(named("com.acme.Absent", "run")),
                        () -> context.<String, RuntimeException>open(sender -> {}),
                        () -> context.proxy(String.class, String::new),
                        () -> context.proxy(CharSequence.class, () -> "x"))
                .forEach(refused -> assertThat(page).contains(text(refused)));
    }

    private static String text(ThrowingCallable refused) {
        return catchThrowableOfType(NotPortableException.class, refused)
                .getMessage()
                .replaceFirst("'this' of \\S+, .*, which", "'this' of TYPE, …, which")
                .replaceFirst("^RefusedFunctionsPageTest#\\S+", "NAME")
                .replaceFirst("^\\S+#\\S+: 0", "NAME: N")
                .replaceFirst("take 0", "take N")
                .replaceAll("\\b(?:[a-z]\\w*\\.)+[A-Z]\\w*(?:\\$\\w+)*", "TYPE");
    }

    private static Call<Void, Exception> named(String type, String method) {
        return Call.named(TypeRef.of(Void.class), type, method);
    }
}
