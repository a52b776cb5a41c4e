package io.econtext.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.TypeRef;
import io.econtext.call.Contexts;
import io.econtext.core.Binder;
import io.econtext.core.ValueException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A sound document that holds something else than what is declared: both codecs refuse it, or both make the same. */
class MismatchTest {
    private static final List<Object> DOCUMENTS = Arrays.asList(
            null,
            true,
            false,
            0,
            1,
            -1,
            200,
            70_000,
            1L << 40,
            0.0,
            1.5,
            1e300,
            Double.NaN,
            1.5f,
            BigInteger.ONE,
            BigInteger.TWO.pow(100),
            BigDecimal.ONE,
            "",
            " ",
            "x",
            "1",
            "1.5",
            "NaN",
            "true",
            "null",
            "RED",
            "leaf",
            "red",
            "POINT",
            "12:30",
            "2024-02-30",
            "PT1S",
            "UTC",
            "/1.2.3.4",
            "8:x",
            "99999999999",
            new byte[0],
            new byte[3],
            new byte[16],
            List.of(),
            List.of(0),
            List.of(1, 2),
            List.of(70_000, -1),
            List.of(1L << 40),
            List.of(true, false),
            List.of(1.5, Double.NaN),
            List.of(1.5f),
            List.of("NaN"),
            List.of("x", "xy"),
            List.of(BigInteger.ONE),
            List.of("x"),
            List.of(List.of()),
            Arrays.asList((Object) null),
            Arrays.asList(0, null),
            Arrays.asList(1, 2, Map.of("fears", List.of())),
            List.of(0, 2, Map.of("age", 1, "name", "n")),
            List.of(0, 3, Map.of("age", 1, "name", "n")),
            List.of(0, Map.of("age", 1, "name", "n")),
            List.of(0, 3, Map.of("radius", 1)),
            List.of(0, 2, Map.of("radius", 1)),
            List.of(0, 3, Map.of("radius", "x"), 3),
            List.of(2, 3, "POINT"),
            List.of(2, 4, "POINT"),
            List.of(2, "POINT"),
            List.of(3, 3, "POINT"),
            List.of(1L << 40, 3, "POINT"),
            List.of(BigInteger.TWO, 3, "POINT"),
            List.of(1, 3, List.of(0, 2, Map.of("side", 1))),
            List.of(1, 3, List.of(0, 3, Map.of("side", 1))),
            List.of("2", 3, "POINT"),
            List.of(2.0, 3, "POINT"),
            List.of(2, 3.0, "POINT"),
            Map.of(),
            Map.of("", 1),
            Map.of("1", "x"),
            Map.of("TRUE", 1),
            Map.of("true", 1),
            Map.of("b", 1),
            Map.of("b", List.of(1)),
            Map.of("e", List.of("RED")),
            Map.of("f", "0:x"),
            Map.of("x", 1),
            Map.of("RED", 1),
            Map.of("held", 1),
            Map.of("held", "x"),
            Map.of("name", 5),
            Map.of("d", 1),
            Map.of("d", "1"),
            Map.of("left", "x"),
            Map.of("counter", 9),
            Map.of("isOpen", true),
            Map.of("open", true),
            Map.of("one", 3));

    @Test
    void bothCodecsJudgeAlike() {
        Bindings jackson = new Bindings(Contexts.NONE);
        List<String> differences = new ArrayList<>();
        int accepted = 0;
        int refused = 0;
        for (Type type : types()) {
            for (Object held : DOCUMENTS) {
                byte[] document = Binder.write(held, Object.class);
                String small = outcome(() -> Binder.read(document, 0, document.length, type));
                String large = outcome(() -> jackson.of(type).read(document, 0, document.length));
                if (!small.equals(large)) {
                    differences.add(
                            type.getTypeName() + " from " + Rendered.of(held) + ": " + small + ", but " + large);
                }
                if (small.equals("refused")) {
                    refused++;
                } else {
                    accepted++;
                }
            }
        }
        assertThat(differences).isEmpty();
        assertThat(accepted).isGreaterThan(types().size());
        assertThat(refused).isGreaterThan(types().size());
    }

    private static List<Type> types() {
        List<Type> types = new ArrayList<>(Leaves.CLASSES);
        types.addAll(List.of(boolean.class, byte.class, short.class, int.class, long.class));
        types.addAll(List.of(float.class, double.class, char.class));
        types.addAll(
                List.of(short[].class, long[].class, float[].class, double[].class, char[][].class, Boolean[].class));
        types.addAll(
                List.of(int[].class, String[].class, Integer[].class, boolean[].class, byte[][].class, Object[].class));
        types.addAll(List.of(
                Samples.Primitives.class,
                Samples.Boxes.class,
                Samples.Empty.class,
                Samples.Odd.class,
                Samples.Derived.class,
                Samples.Animal.class,
                Samples.Color.class,
                Samples.Unit.class,
                new TypeRef<Samples.Box<String>>() {}.type(),
                new TypeRef<Samples.Shape<Integer>>() {}.type(),
                new TypeRef<List<String>>() {}.type(),
                new TypeRef<List<Integer>>() {}.type(),
                new TypeRef<Set<Samples.Color>>() {}.type(),
                new TypeRef<Map<String, Integer>>() {}.type(),
                new TypeRef<Map<Integer, String>>() {}.type(),
                new TypeRef<Map<Samples.Color, Object>>() {}.type(),
                new TypeRef<java.util.EnumMap<Samples.Color, Integer>>() {}.type(),
                new TypeRef<java.util.EnumSet<Samples.Color>>() {}.type(),
                new TypeRef<java.util.Optional<Integer>>() {}.type(),
                new TypeRef<java.util.Optional<String>>() {}.type(),
                Samples.Rare.class,
                Samples.Containers.class,
                Samples.Circle.class,
                new TypeRef<java.util.Deque<Long>>() {}.type(),
                new TypeRef<java.util.SortedSet<String>>() {}.type(),
                new TypeRef<java.util.concurrent.ConcurrentMap<String, Object>>() {}.type(),
                new TypeRef<Map<Boolean, Object>>() {}.type(),
                new TypeRef<Map<java.util.UUID, Object>>() {}.type()));
        return types;
    }

    private interface Reading {
        Object read();
    }

    private static String outcome(Reading reading) {
        try {
            return Rendered.of(reading.read());
        } catch (ValueException e) {
            return "refused";
        } catch (RuntimeException e) {
            return e.toString();
        }
    }
}
