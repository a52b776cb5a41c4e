package io.econtext.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.econtext.Alternatives;
import io.econtext.Local;
import io.econtext.RemoteContext;
import io.econtext.Sender;
import io.econtext.TypeRef;
import io.econtext.broker.Broker;
import io.econtext.call.ValueCodec;
import io.econtext.core.Binder;
import io.econtext.core.ValueException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.util.TokenBuffer;

/** Each refusal of a value stands in docs/values.md, word for word, with its cure. */
class RefusalsPageTest {
    private static final Path PAGE = Path.of(Files.isDirectory(Path.of("docs")) ? "docs" : "../docs", "values.md");
    private static final ValueCodec VALUES = new Values();
    private static final ValueCodec BY_JACKSON = VALUES.byJackson();

    private static final class Node {
        Node next;
    }

    static class Final {
        final int nick = 3;
    }

    static class Twice extends Once {
        int nick;
    }

    static class Once {
        int nick;
    }

    class Inner {}

    static class MyStream extends InputStream {
        @Override
        public int read() {
            return -1;
        }
    }

    static class MyList extends ArrayList<String> implements Iterable<String> {
        private static final long serialVersionUID = 1;
    }

    record MyIterator(int a) implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return Collections.emptyIterator();
        }
    }

    interface Open {}

    @Alternatives(Once.class)
    interface Listed {}

    static class Parent {
        public int a;
    }

    static class Child extends Parent {}

    static class Growing<T> {
        Growing<List<T>> next;
    }

    record Picky(int size) {
        Picky {
            if (size < 0) {
                throw new IllegalArgumentException("size below zero");
            }
        }
    }

    record Sending(Sender<String> sender) {}

    static ThrowingCallable type(Type type) {
        return () -> VALUES.checkPortable(type);
    }

    static ThrowingCallable value(Object value, Type type) {
        return () -> VALUES.encode(value, type);
    }

    static ThrowingCallable document(Object value, Type type) {
        byte[] document = Binder.write(value, Object.class);
        return () -> VALUES.decode(document, 0, document.length, type);
    }

    static List<ThrowingCallable> byFields() {
        Node cycle = new Node();
        cycle.next = cycle;
        Map<String, Integer> nullKey = new java.util.HashMap<>();
        nullKey.put(null, 1);
        Map<BigInteger, Integer> longKey = Map.of(BigInteger.TEN.pow(1000), 1);
        Properties system = System.getProperties();
        return List.of(
                type(AtomicReference.class),
                type(Open.class),
                type(Listed.class),
                type(Inner.class),
                type(Final.class),
                type(Twice.class),
                type(MyStream.class),
                type(MyIterator.class),
                value(new Child(), Parent.class),
                value(new Samples.Animal() {}, Samples.Animal.class),
                value(
                        new Date(0) {
                            private static final long serialVersionUID = 1;
                        },
                        Date.class),
                value('c', Object.class),
                value(new BigDecimal(BigInteger.ONE, 1 << 30), BigDecimal.class),
                value(BigInteger.ONE.shiftLeft(8 << 16), BigInteger.class),
                value(new Properties(system), Properties.class),
                value(Pattern.compile("a", Pattern.CANON_EQ), Pattern.class),
                value(new TreeSet<>(Comparator.<String>reverseOrder()), new TypeRef<SortedSet<String>>() {}.type()),
                value(new MyIterator(1), new TypeRef<Iterable<String>>() {}.type()),
                type(new TypeRef<Set<URL>>() {}.type()),
                type(new TypeRef<Map<URL, String>>() {}.type()),
                type(new TypeRef<Map<Once, String>>() {}.type()),
                value(null, int.class),
                value(longKey, new TypeRef<Map<BigInteger, Integer>>() {}.type()),
                value(nullKey, new TypeRef<Map<String, Integer>>() {}.type()),
                value(Map.of(1, 2), Object.class),
                type(new TypeRef<Optional<Optional<String>>>() {}.type()),
                value(new Locale("x", "y", "!"), Locale.class),
                type(new TypeRef<Growing<String>>() {}.type()),
                value(cycle, Node.class),
                value(new Sending(null), Sending.class),
                document("text", int.class),
                document(List.of(7, 2, Map.of()), Samples.Animal.class),
                document(List.of(0, 1, Map.of()), Samples.Animal.class),
                document(Map.of("nick", 1), Picky.class),
                document(Map.of("size", -1), Picky.class));
    }

    @ParameterizedTest
    @MethodSource("byFields")
    void theRefusalsOfValuesByTheirFieldsAreOnThePage(ThrowingCallable refused) throws IOException {
        assertThatItIsThere(refused);
    }

    @Test
    void aPathOfAnotherFileSystemIsOnThePage(@TempDir Path directory) throws IOException {
        Path zip = directory.resolve("x.zip");
        try (OutputStream out = Files.newOutputStream(zip)) {
            new ZipOutputStream(out).close();
        }
        try (FileSystem other = FileSystems.newFileSystem(zip)) {
            assertThatItIsThere(value(other.getPath("x"), Path.class));
        }
    }

    @Test
    void contextsThatNobodyCouldFindAreOnThePage() throws IOException {
        try (Broker broker = Broker.create();
                Broker other = Broker.create()) {
            RemoteContext fresh = broker.define(Local.process().named("nick"));
            assertThatItIsThere(value(fresh, RemoteContext.class));
            RemoteContext connected = broker.define(Local.process().named("nick-2"));
            assertThatItIsThere(() -> connected.call(Object::equals, connected, fresh));
            assertThatItIsThere(
                    () -> other.define(Local.process().named("nick")).call(Object::equals, connected, fresh));
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
    interface ByClass {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes(@JsonSubTypes.Type(value = Known.class, name = "known"))
    interface Base {}

    record Known(int a) implements Base {}

    record Typed(TokenBuffer type) {}

    static class Hidden {
        private int size;
    }

    static List<ThrowingCallable> byJackson() {
        byte[] unknown = Binder.write(Map.of("@type", "nick"), Object.class);
        byte[] more = Binder.write(Map.of("size", 1, "nick", 1), Object.class);
        return List.of(
                () -> BY_JACKSON.checkPortable(ByClass.class),
                () -> BY_JACKSON.checkPortable(Typed.class),
                () -> BY_JACKSON.checkPortable(Sending.class),
                () -> BY_JACKSON.encode(new Child(), Parent.class),
                () -> BY_JACKSON.encode(new Hidden(), Hidden.class),
                () -> BY_JACKSON.decode(unknown, 0, unknown.length, Base.class),
                () -> BY_JACKSON.decode(more, 0, more.length, Picky.class),
                () -> {
                    throw new ValueException(NoClassNames.MODULE);
                });
    }

    @ParameterizedTest
    @MethodSource("byJackson")
    void theRefusalsOfValuesByJacksonAreOnThePage(ThrowingCallable refused) throws IOException {
        assertThatItIsThere(refused);
    }

    private static void assertThatItIsThere(ThrowingCallable refused) throws IOException {
        Throwable thrown = catchThrowable(refused);
        assertThat(thrown).isNotNull();
        String text = thrown.getMessage()
                .replaceFirst("^at [^:]*: ", "")
                .replaceFirst("^argument .* can't travel: ", "")
                .replaceAll("\\b(?:[a-z]\\w*\\.)+[A-Z]\\w*(?:\\$\\w+)*", "TYPE")
                .replaceAll("\\bnick(-2)?\\b", "NAME")
                .replaceFirst("this\\$0", "NAME")
                .replaceFirst("(position) \\d+$", "$1 N")
                .replaceFirst("(one of) \\d+( .* of) \\d+( here.*)", "$1 N$2 N$3")
                .replaceFirst("(bad).*(at byte) \\d+", "$1 … $2 N")
                .replaceFirst("tag: .*", "tag: …")
                .replaceFirst("ids = \\[.*]", "ids = […]")
                .replaceFirst("^TYPE: size below zero", "TYPE: …");
        assertThat(Files.readString(PAGE)).contains(text);
    }
}
