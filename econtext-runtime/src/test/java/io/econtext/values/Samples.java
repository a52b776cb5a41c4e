package io.econtext.values;

import io.econtext.Alternatives;
import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Currency;
import java.util.Date;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;

/** Types that programs might send: what the generator fills and both codecs must agree on. */
final class Samples {
    private Samples() {}

    enum Color {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "leaf";
            }
        },
        blue_3
    }

    record Primitives(
            boolean a,
            byte b,
            short c,
            int d,
            long e,
            float f,
            double g,
            char h,
            boolean[] i,
            short[] j,
            int[] k,
            long[] l,
            float[] m,
            double[] n,
            char[] o,
            byte[] p) {}

    record Boxes(Boolean a, Byte b, Short c, Integer d, Long e, Float f, Double g, Character h, Object i, Number j) {}

    record Box<T>(T held, List<T> many, T[] array, Map<String, ? extends T> named) {}

    record Pair<A, B>(A first, Pair<B, A> swapped, B second) {}

    record Empty() {}

    record Rare(
            Optional<List<Color>> a,
            OptionalInt b,
            OptionalLong c,
            OptionalDouble d,
            BitSet e,
            Pattern f,
            Locale g,
            Charset h,
            Currency i,
            InetAddress j,
            URL k,
            URI l,
            UUID m,
            Path n,
            File o,
            Date p,
            BigInteger q,
            BigDecimal r,
            ZonedDateTime s) {}

    record Containers(
            Collection<String> a,
            Iterable<Integer> b,
            Set<Long> c,
            SortedSet<String> d,
            Queue<Double> e,
            Deque<Color> f,
            EnumSet<Color> g,
            EnumMap<Color, Short> h,
            SortedMap<String, Byte> i,
            NavigableMap<Long, Float> j,
            ConcurrentMap<Character, Boolean> k,
            ArrayList<ArrayList<String>> l,
            HashMap<UUID, Path> m,
            Map<DayOfWeek, Instant> n,
            Map<BigDecimal, Object> o) {}

    record URLs(List<URL> list, Map<String, URL> map) {}

    /** Names that Jackson's usual conventions would change or drop. */
    static class Odd {
        private boolean isOpen;
        private String URL;
        private String aName;
        private int x_y;
        protected Integer getClass;
        String über;
        transient String left;

        Odd() {}

        public boolean isOpen() {
            throw new IllegalStateException("no getter is called");
        }

        public void setURL(String url) {
            throw new IllegalStateException("no setter is called");
        }
    }

    static class Base<T> {
        private T one;
        List<? super T> all;
    }

    static class Derived extends Base<Integer> {
        private Base<String> other;
        Derived next;
        static int counter = 3;

        private Derived() {}

        /** Jackson would take it for a creator. */
        public Derived(String text) {}
    }

    sealed interface Shape<T> permits Circle, Polygon, Unit {}

    record Circle<T>(T radius) implements Shape<T> {}

    sealed interface Polygon<T> extends Shape<T> permits Square, Triangle {}

    record Square<T>(T side) implements Polygon<T> {}

    record Triangle<T>(List<T> sides) implements Polygon<T> {}

    enum Unit implements Shape<Object> {
        POINT
    }

    @Alternatives({Dog.class, Cat.class})
    abstract static class Animal {
        String name;
    }

    static class Dog extends Animal {
        int age;
    }

    static class Cat extends Animal {
        List<Animal> fears;
    }
}
