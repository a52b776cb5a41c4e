package io.econtext.types;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.econtext.Alternatives;
import io.econtext.TypeRef;
import io.econtext.core.Binder;
import io.econtext.core.SmileWriter;
import io.econtext.core.ValueException;
import java.lang.reflect.Type;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FormsTest {
    enum Color {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "leaf";
            }
        }
    }

    record Point(int x, int y) {
        Point {
            if (x == 13) {
                throw new IllegalArgumentException("13");
            }
        }
    }

    record Box<T>(T held, List<T> more) {}

    sealed interface Shape<T> permits Circle, Polygon {}

    record Circle<T>(T radius) implements Shape<T> {}

    sealed interface Polygon<T> extends Shape<T> permits Square {}

    record Square<T>(T side) implements Polygon<T> {}

    @Alternatives({Dog.class, Cat.class})
    interface Animal {}

    static class Dog implements Animal {
        private String name;
    }

    static class Cat implements Animal {}

    static class Base {
        private int inherited;
        transient String left = "default";
        static String shared = "shared";
    }

    static class Bean extends Base {
        private List<Point> points;

        private Bean() {}

        public String getTrouble() {
            throw new IllegalStateException("no getter is ever called");
        }
    }

    static class Node {
        Node next;
    }

    static class NoWayIn {
        NoWayIn(int size) {}
    }

    static class WithFinal {
        final int size = 3;
    }

    static class Runner extends Thread {}

    @Test
    void aRecordIsMadeByItsConstructor() {
        assertThat(again(new Point(1, -2), Point.class)).isEqualTo(new Point(1, -2));
        assertThatThrownBy(() -> read(object("x", 13), Point.class))
                .isInstanceOf(ValueException.class)
                .hasMessageContaining("Point refused its components")
                .hasMessageContaining("13");
    }

    @Test
    void anAbsentComponentIsZeroOrNull() {
        assertThat(read(object("x", 1), Point.class)).isEqualTo(new Point(1, 0));
        assertThat(read(object("held", "x"), new TypeRef<Box<String>>() {}.type()))
                .isEqualTo(new Box<>("x", null));
    }

    @Test
    void anUnknownComponentIsRefused() {
        assertThatThrownBy(() -> read(object("z", 1), Point.class)).hasMessageContaining("no component z");
    }

    @Test
    void aBeansFieldsTravelWhateverItsMethodsSay() {
        Bean bean = new Bean();
        ((Base) bean).inherited = 5;
        bean.left = "changed";
        bean.points = List.of(new Point(3, 4));
        Bean back = (Bean) again(bean, Bean.class);
        assertThat(((Base) back).inherited).isEqualTo(5);
        assertThat(back.left).isEqualTo("default");
        assertThat(back.points).containsExactly(new Point(3, 4));
    }

    @Test
    void typeArgumentsReachTheParts() {
        Type type = new TypeRef<Box<Map<String, Long>>>() {}.type();
        Box<Map<String, Long>> box = new Box<>(Map.of("one", 1L), List.of(Map.of("two", 2L)));
        assertThat(again(box, type)).isEqualTo(box);
    }

    @Test
    void aSealedTypeTravelsAsAPosition() {
        Type type = new TypeRef<List<Shape<Long>>>() {}.type();
        List<Shape<Long>> shapes = Arrays.asList(new Circle<>(1L), new Square<>(2L), null);
        assertThat(again(shapes, type)).isEqualTo(shapes);
        assertThat(new String(Binder.write(shapes, type))).doesNotContain("Circle", "Square");
    }

    @Test
    void listedAlternativesTravelAsAPosition() {
        Dog dog = new Dog();
        dog.name = "Rex";
        assertThat(again(dog, Animal.class))
                .isInstanceOfSatisfying(Dog.class, d -> assertThat(d.name).isEqualTo("Rex"));
        assertThat(again(new Cat(), Animal.class)).isInstanceOf(Cat.class);
        assertThatThrownBy(() -> again(new Animal() {}, Animal.class)).hasMessageContaining("none of the alternatives");
    }

    @Test
    void aPositionOutsideTheListIsRefused() {
        for (int position : new int[] {-1, 2, Integer.MAX_VALUE}) {
            SmileWriter out = new SmileWriter();
            out.open(SmileWriter.ARRAY);
            out.scalar(position);
            out.scalar(2);
            out.scalar(null);
            out.close(SmileWriter.ARRAY);
            assertThatThrownBy(() -> read(out.toByteArray(), Animal.class)).hasMessageContaining("position");
        }
    }

    @Test
    void aListOfAnotherLengthIsRefusedAsItsPositionsMeanOtherClasses() {
        for (int length : new int[] {1, 3}) {
            SmileWriter out = new SmileWriter();
            out.open(SmileWriter.ARRAY);
            out.scalar(0);
            out.scalar(length);
            out.scalar(null);
            out.close(SmileWriter.ARRAY);
            assertThatThrownBy(() -> read(out.toByteArray(), Animal.class))
                    .hasMessage(
                            "one of " + length
                                    + " alternatives where it was written, of 2 here: on one side a class of them can't be loaded");
        }
    }

    @Test
    void enumsTravelByName() {
        assertThat(again(Color.GREEN, Color.class)).isSameAs(Color.GREEN);
        Type set = new TypeRef<EnumSet<Color>>() {}.type();
        assertThat(again(EnumSet.of(Color.RED), set)).isEqualTo(EnumSet.of(Color.RED));
        Type map = new TypeRef<EnumMap<Color, Integer>>() {}.type();
        assertThat(again(new EnumMap<>(Map.of(Color.GREEN, 1)), map))
                .isInstanceOf(EnumMap.class)
                .isEqualTo(Map.of(Color.GREEN, 1));
    }

    @Test
    void keysAreTextOnTheWayAndTypedAtBothEnds() {
        Type type = new TypeRef<Map<Integer, Map<Path, Map<Color, Boolean>>>>() {}.type();
        Map<Integer, Map<Path, Map<Color, Boolean>>> map = Map.of(-1, Map.of(Path.of("/a b"), Map.of(Color.RED, true)));
        assertThat(again(map, type)).isEqualTo(map);
    }

    @Test
    void anOptionalIsItsValueOrNull() {
        Type type = new TypeRef<List<Optional<String>>>() {}.type();
        assertThat(again(List.of(Optional.of("x"), Optional.empty()), type))
                .isEqualTo(List.of(Optional.of("x"), Optional.empty()));
        assertThat(again(OptionalInt.of(3), OptionalInt.class)).isEqualTo(OptionalInt.of(3));
        assertThat(again(null, Optional.class)).isEqualTo(Optional.empty());
    }

    @Test
    void arraysOfAnythingTravel() {
        int[][] numbers = {{1, 2}, {}, null};
        assertThat((int[][]) again(numbers, int[][].class)).isDeepEqualTo(numbers);
        assertThat((char[]) again("aü".toCharArray(), char[].class)).containsExactly('a', 'ü');
        assertThat((Point[]) again(new Point[] {new Point(1, 2), null}, Point[].class))
                .containsExactly(new Point(1, 2), null);
        assertThat((short[]) again(new short[] {Short.MIN_VALUE}, short[].class))
                .containsExactly(Short.MIN_VALUE);
    }

    @Test
    void whatIsDeclaredAsObjectArrivesAsWhatItWas() {
        List<Object> values =
                Arrays.asList(1, 1L << 40, 1.5, 1.5f, "x", true, null, List.of(), Map.of("k", List.of(2)));
        assertThat(again(values, Object.class)).isEqualTo(values);
    }

    @Test
    void anUndeclaredWholeNumberArrivesAsIntOrLong() {
        assertThat(again(List.of(5L, (short) 5, (byte) 5), Object.class)).isEqualTo(List.of(5, 5, 5));
    }

    @Test
    void whatWouldArriveAsSomethingElseIsRefusedWhereObjectIsDeclared() {
        for (Object value : new Object[] {URI.create("x"), 'c', new Point(1, 2), Set.of(), new int[0]}) {
            assertThatThrownBy(() -> again(List.of("ok", value), Object.class))
                    .isInstanceOf(ValueException.class)
                    .hasMessageStartingWith("at [1]: " + value.getClass().getName() + " can't travel");
        }
    }

    @Test
    void aSubclassWouldLoseItsPartSoItIsRefused() {
        assertThatThrownBy(() -> again(new Bean(), Base.class)).hasMessageContaining("declared as");
    }

    @Test
    void aComparatorCannotTravel() {
        Type type = new TypeRef<SortedSet<String>>() {}.type();
        assertThat(again(new TreeSet<>(Set.of("b", "a")), type)).isEqualTo(new TreeSet<>(Set.of("b", "a")));
        assertThatThrownBy(() -> again(new TreeSet<>(Comparator.<String>reverseOrder()), type))
                .hasMessageContaining("comparator");
    }

    @Test
    void aCycleIsRefusedWithTheBeginOfItsPath() {
        Node node = new Node();
        node.next = node;
        assertThatThrownBy(() -> again(node, Node.class))
                .isInstanceOf(ValueException.class)
                .hasMessageStartingWith("at .next.next.next")
                .hasMessageEndingWith("a cycle?");
    }

    @Test
    void classesThatCannotTravelSayWhy() {
        assertThatThrownBy(() -> Forms.of(Thread.class)).hasMessageContaining("none of the JDK's types");
        assertThatThrownBy(() -> Forms.of(NoWayIn.class)).hasMessageContaining("no constructor without arguments");
        assertThatThrownBy(() -> Forms.of(WithFinal.class)).hasMessageContaining("final field size");
        assertThatThrownBy(() -> Forms.of(Runner.class)).hasMessageContaining("extends java.lang.Thread");
        assertThatThrownBy(() -> Forms.of(Runnable.class)).hasMessageContaining("can't travel");
        assertThatThrownBy(() -> Forms.of(Comparable.class)).hasMessageContaining("can't travel");
        assertThatThrownBy(() -> Forms.of(Class.class)).hasMessageContaining("can't travel");
    }

    @Test
    void textsThatJavasOwnParsersGetWrongComeBack() {
        assertThat(again(YearMonth.of(12345, 1), YearMonth.class)).isEqualTo(YearMonth.of(12345, 1));
        for (Duration duration : List.of(
                Duration.ofMillis(-500),
                Duration.ofSeconds(Long.MIN_VALUE),
                Duration.ofSeconds(-3600, 500_000_000),
                Duration.ofSeconds(Long.MAX_VALUE, 999_999_999))) {
            assertThat(again(duration, Duration.class)).isEqualTo(duration);
        }
        ZonedDateTime second = ZonedDateTime.of(2025, 10, 26, 2, 30, 0, 0, ZoneId.of("Europe/Berlin"))
                .withLaterOffsetAtOverlap();
        assertThat(again(second, ZonedDateTime.class)).isEqualTo(second);
    }

    @Test
    void aPatternKeepsItsFlagsAndALocaleItsTag() {
        Pattern pattern = (Pattern) again(Pattern.compile("a:b", Pattern.CASE_INSENSITIVE), Pattern.class);
        assertThat(pattern.pattern()).isEqualTo("a:b");
        assertThat(pattern.flags()).isEqualTo(Pattern.CASE_INSENSITIVE);
        assertThat(again(Locale.forLanguageTag("zh-Hant-TW"), Locale.class))
                .isEqualTo(Locale.forLanguageTag("zh-Hant-TW"));
    }

    @Test
    void anAddressIsReadWithoutANameServer() throws Exception {
        InetAddress named = InetAddress.getByAddress("no.such.host.invalid", new byte[] {10, 0, 0, (byte) 200});
        InetAddress back = (InetAddress) again(named, InetAddress.class);
        assertThat(back).isEqualTo(named);
        assertThat(back.getHostName()).isEqualTo("no.such.host.invalid");
        InetAddress six = InetAddress.getByName("2001:db8::ff");
        assertThat(again(six, InetAddress.class)).isEqualTo(six);
        assertThatThrownBy(() -> read(Binder.write("localhost", String.class), InetAddress.class))
                .isInstanceOf(ValueException.class)
                .hasMessageContaining("not an address");
    }

    @Test
    void aUrlIsNeverHashedAsThatAsksANameServer() {
        assertThatThrownBy(() -> again(Set.of(), new TypeRef<Set<URL>>() {}.type()))
                .hasMessageContaining("use URI");
        assertThatThrownBy(() -> again(Map.of(), new TypeRef<Map<URL, String>>() {}.type()))
                .hasMessageContaining("use URI");
    }

    @Test
    void otherTypesComeBack() {
        BitSet bits = BitSet.valueOf(new long[] {1L << 63, 5});
        assertThat(again(bits, BitSet.class)).isEqualTo(bits);
        assertThat(again(new Date(12345678901L), Date.class)).isEqualTo(new Date(12345678901L));
    }

    private static byte[] object(String name, Object value) {
        SmileWriter out = new SmileWriter();
        out.open(SmileWriter.OBJECT);
        out.name(name);
        out.scalar(value);
        out.close(SmileWriter.OBJECT);
        return out.toByteArray();
    }

    private static Object read(byte[] document, Type type) {
        return Binder.read(document, 0, document.length, type);
    }

    private static Object again(Object value, Type declared) {
        return read(Binder.write(value, declared), declared);
    }
}
