package io.econtext.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.econtext.NotPortableException;
import io.econtext.TypeRef;
import io.econtext.call.ValueCodec;
import io.econtext.core.Binder;
import io.econtext.core.ValueException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ValuesTest {
    record Host(String name, List<Disk> disks) {}

    record Disk(String mount, Map<String, Thread> users) {}

    record Link(String name, URL url) {}

    record Wide(Map<String, List<Object>> anything) {}

    record Growing<T>(Growing<List<T>> next) {}

    static class Node {
        Node next;
        List<Node> children;
    }

    static class Parent {
        int size;
    }

    static class Child extends Parent {}

    static class NoDefault {
        NoDefault(int size) {}
    }

    static class Final {
        final int size = 3;
    }

    class Inner {}

    static class MyList extends ArrayList<String> {
        private static final long serialVersionUID = 1;
    }

    record Picky(int size) {
        Picky {
            if (size < 0) {
                throw new IllegalArgumentException("size below zero");
            }
        }
    }

    private final Values values = new Values();

    @Test
    void itIsFoundAsAService() {
        assertThat(ServiceLoader.load(ValueCodec.class)).hasAtLeastOneElementOfType(Values.class);
    }

    @Test
    void aTypeThatCannotTravelIsRefusedWithThePathToIt() {
        assertThatThrownBy(() -> values.checkPortable(Host.class))
                .isInstanceOf(NotPortableException.class)
                .hasMessageStartingWith("at .disks[].users[*]: java.lang.Thread can't travel");
        assertThatThrownBy(() -> values.encode(new Host("h", List.of()), Host.class))
                .isInstanceOf(NotPortableException.class)
                .hasMessageStartingWith("at .disks[].users[*]: java.lang.Thread can't travel");
    }

    @Test
    void typesOutsideTheClosedSetAreRefused() {
        for (Type type : List.of(
                Thread.class,
                InputStream.class,
                Class.class,
                Runnable.class,
                Comparable.class,
                StringBuilder.class,
                Throwable.class,
                NoDefault.class,
                Final.class,
                Inner.class,
                MyList.class,
                Growing.class,
                new TypeRef<Supplier<String>>() {}.type(),
                new TypeRef<Set<URL>>() {}.type(),
                new TypeRef<Set<Link>>() {}.type(),
                new TypeRef<Map<String, SortedSet<Optional<List<URL>>>>>() {}.type(),
                new TypeRef<Map<URL, String>>() {}.type(),
                new TypeRef<Map<byte[], String>>() {}.type(),
                new TypeRef<Map<Host, String>>() {}.type(),
                new TypeRef<Optional<Optional<String>>>() {}.type())) {
            assertThatThrownBy(() -> values.checkPortable(type))
                    .as(type.getTypeName())
                    .isInstanceOf(NotPortableException.class)
                    .hasMessageContaining("can't travel");
        }
    }

    record Beside(Link link, Set<String> names, List<Link> links) {}

    @Test
    void aUrlCanTravelBesideASet() {
        assertThatCode(() -> values.checkPortable(Beside.class)).doesNotThrowAnyException();
    }

    @Test
    void typesThatHoldThemselvesCanTravel() {
        assertThatCode(() -> values.checkPortable(Node.class)).doesNotThrowAnyException();
        Node node = new Node();
        node.next = new Node();
        node.children = List.of(new Node());
        Node back = (Node) again(node, Node.class);
        assertThat(back.next.next).isNull();
        assertThat(back.children).hasSize(1);
    }

    @Test
    void valuesThatWouldArriveAsSomethingElseAreRefusedAlikeOnBothSides() {
        Node cycle = new Node();
        cycle.next = cycle;
        List<Object> itself = new ArrayList<>();
        itself.add(itself);
        Map<Object, Object> nullKey = new HashMap<>();
        nullKey.put(null, 1);
        Type sortedSet = new TypeRef<SortedSet<String>>() {}.type();
        Type sortedMap = new TypeRef<SortedMap<String, Integer>>() {}.type();
        refused(cycle, Node.class, "at .next.next.next.next", "too deep: a cycle?");
        refused(itself, Object.class, "at [0][0][0][0]", "too deep: a cycle?");
        refused(new Child(), Parent.class, "", "declared as io.econtext.values.ValuesTest$Parent");
        refused(new Wide(Map.of("k", List.of(1, URI.create("x")))), Wide.class, "at .anything[k][1]: ", "java.net.URI");
        URI uri = URI.create("x");
        refused(List.of(uri), new TypeRef<Iterable<Object>>() {}.type(), "at [0]: ", "java.net.URI");
        refused(new Object[] {1, uri}, Object[].class, "at [1]: ", "java.net.URI");
        refused(Map.of("k", uri), new TypeRef<Map<String, Object>>() {}.type(), "at [k]: ", "java.net.URI");
        refused(Optional.of(uri), new TypeRef<Optional<Object>>() {}.type(), "", "java.net.URI");
        refused(List.of(uri), List.class, "at [0]: ", "java.net.URI");
        refused(new Samples.Circle<>(uri), Samples.Circle.class, "at .radius: ", "java.net.URI");
        refused(new Object(), Object.class, "", "java.lang.Object can't travel");
        refused(Set.of(1), Object.class, "", "can't travel");
        refused('c', Object.class, "", "java.lang.Character can't travel");
        refused(List.of('c'), new TypeRef<List<Number>>() {}.type(), "at [0]: ", "java.lang.Character can't travel");
        refused(Map.of(1, 2), Object.class, "", "java.lang.Integer can't travel");
        refused(nullKey, new TypeRef<Map<String, Integer>>() {}.type(), "", "null key");
        Map<BigInteger, Integer> longKey = Map.of(BigInteger.TEN.pow(1000), 1);
        refused(longKey, new TypeRef<Map<BigInteger, Integer>>() {}.type(), "", "more than 1000 digits");
        refused(new TreeSet<>(Comparator.<String>reverseOrder()), sortedSet, "", "comparator");
        refused(new TreeMap<String, Integer>(Collections.reverseOrder()), sortedMap, "", "comparator");
        refused(new Locale("x", "y", "!"), Locale.class, "", "no language tag");
        refused(new BigDecimal(BigInteger.ONE, 1 << 30), BigDecimal.class, "", "scale");
        Type queue = new TypeRef<PriorityBlockingQueue<String>>() {}.type();
        refused(new PriorityBlockingQueue<>(3, Comparator.<String>reverseOrder()), queue, "", "comparator");
        Properties defaults = new Properties();
        defaults.setProperty("lost", "x");
        refused(new Properties(defaults), Properties.class, "", "has defaults");
        refused(Pattern.compile("a", Pattern.CANON_EQ), Pattern.class, "", "CANON_EQ");
        BigInteger big = BigInteger.ONE.shiftLeft(8 << 16);
        refused(big, BigInteger.class, "", "more than 65536 bytes");
        refused(List.of(big), Object.class, "at [0]: ", "more than 65536 bytes");
        refused(new BigDecimal(big), BigDecimal.class, "", "more than 65536 bytes");
        refused(
                List.of(new Samples.Animal() {}),
                new TypeRef<List<Samples.Animal>>() {}.type(),
                "at [0]: ",
                "alternatives");
    }

    @Test
    void nullIsRefusedWhereAPrimitiveIsDeclared() {
        for (Class<?> type : List.of(int.class, boolean.class, char.class, double.class)) {
            assertThatThrownBy(() -> values.encode(null, type))
                    .isInstanceOf(NotPortableException.class)
                    .hasMessage("null can't travel as " + type);
        }
        assertThat(again(null, Integer.class)).isNull();
        assertThat(again(null, void.class)).isNull();
    }

    @Test
    void theLongestNumbersThatMayTravelDo() {
        for (BigInteger most : List.of(
                BigInteger.ONE.shiftLeft((8 << 16) - 1).subtract(BigInteger.ONE),
                BigInteger.ONE.shiftLeft((8 << 16) - 1).negate())) {
            assertThat(again(most, BigInteger.class)).isEqualTo(most);
            assertThat(again(new BigDecimal(most, 5), BigDecimal.class)).isEqualTo(new BigDecimal(most, 5));
        }
    }

    private void refused(Object value, Type type, String start, String part) {
        assertThatThrownBy(() -> Binder.write(value, type))
                .isInstanceOf(ValueException.class)
                .hasMessageStartingWith(start)
                .hasMessageContaining(part);
        assertThatThrownBy(() -> values.encode(value, type))
                .isInstanceOf(NotPortableException.class)
                .hasMessageStartingWith(start)
                .hasMessageContaining(part);
    }

    @Test
    void aFailureWhileReadingNamesThePath() {
        byte[] document = Binder.write(Map.of("l", List.of(1, Map.of("size", -5))), Object.class);
        Type type = new TypeRef<Map<String, List<Picky>>>() {}.type();
        assertThatThrownBy(() -> values.decode(document, 0, document.length, type))
                .isInstanceOf(NotPortableException.class)
                .hasMessageStartingWith("at [l][0]: ");
        byte[] picky = Binder.write(List.of(Map.of("size", 1), Map.of("size", -5)), Object.class);
        assertThatThrownBy(() -> values.decode(picky, 0, picky.length, new TypeRef<List<Picky>>() {}.type()))
                .isInstanceOf(NotPortableException.class)
                .hasMessageStartingWith("at [1]")
                .hasMessageContaining("size below zero");
    }

    @Test
    void aDocumentMayLieAnywhereInAnArray() {
        byte[] document = values.encode(new Picky(7), Picky.class);
        byte[] around = new byte[document.length + 9];
        System.arraycopy(document, 0, around, 5, document.length);
        assertThat(values.decode(around, 5, document.length, Picky.class)).isEqualTo(new Picky(7));
    }

    @Test
    void onlyTheCoresOwnTypesNeedNoMore() {
        for (Class<?> type : List.of(int.class, Integer.class, long.class, String.class, byte[].class, void.class)) {
            assertThat(values.needsMoreTypes(type)).as(type.getName()).isFalse();
        }
        for (Class<?> type :
                List.of(short.class, float.class, Object.class, Host.class, int[].class, Samples.Color.class)) {
            assertThat(values.needsMoreTypes(type)).as(type.getName()).isTrue();
        }
    }

    @Test
    void textsLongerThanJacksonsBufferAreReadAlike() {
        for (String text : List.of("a".repeat(100_000), "ä中😀".repeat(50_000))) {
            List<String> list = Arrays.asList(text, null, text);
            Type type = new TypeRef<List<String>>() {}.type();
            byte[] large = values.encode(list, type);
            byte[] small = Binder.write(list, type);
            assertThat(Binder.read(large, 0, large.length, type)).isEqualTo(list);
            assertThat(values.decode(small, 0, small.length, type)).isEqualTo(list);
        }
    }

    @Test
    void halfACharacterIsReplacedAndFailsNoCall() {
        String cut = "cut 😀".substring(0, 5);
        Type type = new TypeRef<Map<String, List<String>>>() {}.type();
        assertThat(again(Map.of(cut, List.of(cut)), type)).isEqualTo(Map.of("cut \uFFFD", List.of("cut \uFFFD")));
        byte[] small = Binder.write(Map.of(cut, List.of(cut)), type);
        assertThat(values.decode(small, 0, small.length, type)).isEqualTo(Map.of("cut ?", List.of("cut ?")));
    }

    private Object again(Object value, Type type) {
        byte[] document = values.encode(value, type);
        return values.decode(document, 0, document.length, type);
    }
}
