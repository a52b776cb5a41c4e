package io.econtext.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.core.ValueException;
import io.econtext.types.Generics;
import io.econtext.types.Portability;
import io.econtext.types.Signatures;
import io.econtext.types.Usual;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentMap;

/** Makes types of the closed set and values of them, the same ones for the same seed. */
final class Generator {
    private static final int DEEPEST = 5;

    private static final List<Class<?>> SAMPLES = List.of(
            Samples.Primitives.class,
            Samples.Boxes.class,
            Samples.Empty.class,
            Samples.Rare.class,
            Samples.Containers.class,
            Samples.URLs.class,
            Samples.Odd.class,
            Samples.Derived.class,
            Samples.Animal.class,
            Samples.Cat.class,
            Samples.Color.class,
            Samples.Unit.class);
    private static final List<Class<?>> GENERIC_SAMPLES = List.of(
            Samples.Box.class, Samples.Pair.class, Samples.Base.class, Samples.Shape.class, Samples.Polygon.class);

    private final Random random;
    private final Leaves leaves;

    Generator(long seed) {
        random = new Random(seed);
        leaves = new Leaves(random);
    }

    /** One that can travel: a set must not hold what holds a URL. */
    Type type() {
        for (; ; ) {
            Type type = Signatures.parse(signature(3), Generator.class.getClassLoader());
            try {
                Portability.check(type);
                return type;
            } catch (ValueException e) {
                assertThat(e).hasMessageContaining("use URI");
            }
        }
    }

    private String signature(int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            List<Class<?>> classes = random.nextBoolean() ? Leaves.CLASSES : SAMPLES;
            return Signatures.of(classes.get(random.nextInt(classes.size())));
        }
        return switch (random.nextInt(9)) {
            case 0 -> "Ljava/util/List<" + signature(depth - 1) + ">;";
            case 1 -> "Ljava/util/Set<" + signature(depth - 1) + ">;";
            case 2 -> "Ljava/util/Map<" + Signatures.of(key()) + signature(depth - 1) + ">;";
            case 3 -> "Ljava/util/TreeMap<Ljava/lang/String;" + signature(depth - 1) + ">;";
            case 4 -> "Ljava/util/List<Ljava/util/Optional<" + notOptional(depth - 1) + ">;>;";
            case 5 -> "[" + signature(depth - 1);
            case 6 -> "[" + Signatures.of(primitive());
            default -> generic(depth);
        };
    }

    private String notOptional(int depth) {
        String signature = signature(depth);
        return signature.startsWith("Ljava/util/Optional") ? "Ljava/lang/String;" : signature;
    }

    private String generic(int depth) {
        Class<?> type = GENERIC_SAMPLES.get(random.nextInt(GENERIC_SAMPLES.size()));
        StringBuilder text =
                new StringBuilder("L").append(type.getName().replace('.', '/')).append('<');
        for (int i = 0; i < type.getTypeParameters().length; i++) {
            text.append(signature(depth - 1));
        }
        return text.append(">;").toString();
    }

    private Class<?> key() {
        return Leaves.KEYS.get(random.nextInt(Leaves.KEYS.size()));
    }

    private Class<?> primitive() {
        return List.of(
                        boolean.class,
                        byte.class,
                        short.class,
                        int.class,
                        long.class,
                        float.class,
                        double.class,
                        char.class)
                .get(random.nextInt(8));
    }

    Object value(Type declared) {
        return value(declared, 0);
    }

    private Object value(Type declared, int depth) {
        Type type = Generics.plain(declared);
        Class<?> raw = Generics.raw(type);
        if (!raw.isPrimitive() && depth > 0 && random.nextInt(10) == 0) {
            return raw == Optional.class ? Optional.empty() : leaves.absent(raw);
        }
        return present(type, raw, depth);
    }

    private Object present(Type type, Class<?> raw, int depth) {
        if (raw.isEnum()) {
            return raw.getEnumConstants()[random.nextInt(raw.getEnumConstants().length)];
        }
        if (leaves.knows(raw)) {
            return leaves.value(raw);
        }
        if (raw == Object.class) {
            return undeclared(depth);
        }
        if (raw.isArray()) {
            Object array = Array.newInstance(raw.getComponentType(), length(depth));
            for (int i = 0; i < Array.getLength(array); i++) {
                Array.set(array, i, value(Generics.component(type), depth + 1));
            }
            return array;
        }
        if (raw == Optional.class) {
            return Optional.of(present(Generics.argument(type, Optional.class, 0), depth + 1));
        }
        if (Usual.of(raw) != null) {
            return Map.class.isAssignableFrom(raw) ? map(type, raw, depth) : collection(type, raw, depth);
        }
        List<Class<?>> alternatives = alternatives(raw);
        if (!alternatives.isEmpty()) {
            return present(Generics.narrow(type, alternatives.get(random.nextInt(alternatives.size()))), depth);
        }
        return raw.isRecord() ? record(type, raw, depth) : bean(type, raw, depth);
    }

    private Object present(Type type, int depth) {
        Type plain = Generics.plain(type);
        return present(plain, Generics.raw(plain), depth);
    }

    private Object undeclared(int depth) {
        return switch (random.nextInt(depth < DEEPEST ? 4 : 2)) {
            case 0, 1 -> leaves.undeclared();
            case 2 -> many(Object.class, length(depth), depth);
            default -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (int i = length(depth); i > 0; i--) {
                    map.put((String) leaves.value(String.class), value(Object.class, depth + 1));
                }
                yield map;
            }
        };
    }

    private Collection<Object> many(Type element, int length, int depth) {
        List<Object> many = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            many.add(value(element, depth + 1));
        }
        return many;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private Object collection(Type type, Class<?> raw, int depth) {
        Type element = Generics.argument(type, raw == Iterable.class ? Iterable.class : Collection.class, 0);
        Collection<Object> many = many(element, length(depth), depth);
        if (raw == EnumSet.class || SortedSet.class.isAssignableFrom(raw)) {
            many.removeAll(Collections.singleton(null));
        }
        if (raw == EnumSet.class) {
            EnumSet set = EnumSet.noneOf((Class) Generics.raw(element));
            set.addAll(many);
            return set;
        }
        if (raw == List.class || raw == Iterable.class || raw == Collection.class) {
            return switch (random.nextInt(3)) {
                case 0 -> Arrays.asList(many.toArray());
                case 1 -> new LinkedList<>(many);
                default ->
                    Collections.unmodifiableCollection(new ArrayList<>(many)).stream()
                            .toList();
            };
        }
        if (raw == Set.class) {
            return random.nextBoolean() ? new HashSet<>(many) : Collections.unmodifiableSet(new HashSet<>(many));
        }
        Collection<Object> made = (Collection<Object>) make(Usual.of(raw));
        made.addAll(many);
        return made;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private Object map(Type type, Class<?> raw, int depth) {
        Type key = Generics.argument(type, Map.class, 0);
        Type value = Generics.argument(type, Map.class, 1);
        Map<Object, Object> map = raw == EnumMap.class
                ? new EnumMap(Generics.raw(key))
                : raw == Map.class && random.nextBoolean() && leaves.isComparable(Generics.raw(key))
                        ? new TreeMap<>()
                        : (Map<Object, Object>) make(Usual.of(raw));
        for (int i = length(depth); i > 0; i--) {
            Object held =
                    ConcurrentMap.class.isAssignableFrom(raw) ? present(value, depth + 1) : value(value, depth + 1);
            map.put(present(key, depth + 1), held);
        }
        return raw == Map.class && !(map instanceof SortedMap) && random.nextBoolean()
                ? Collections.unmodifiableMap(map)
                : map;
    }

    private Object record(Type type, Class<?> raw, int depth) {
        RecordComponent[] components = raw.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = part(components[i].getGenericType(), type, depth);
        }
        try {
            Constructor<?> constructor = raw.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private Object bean(Type type, Class<?> raw, int depth) {
        Object bean = make(raw);
        for (Class<?> c = raw; c != Object.class; c = c.getSuperclass()) {
            for (Field field : c.getDeclaredFields()) {
                if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0) {
                    field.setAccessible(true);
                    try {
                        field.set(bean, part(field.getGenericType(), type, depth));
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                }
            }
        }
        return bean;
    }

    private Object part(Type declared, Type owner, int depth) {
        Type type = Generics.resolve(declared, owner);
        boolean end = depth > DEEPEST && !Generics.raw(type).isPrimitive();
        return end ? leaves.absent(Generics.raw(type)) : value(type, depth + 1);
    }

    private int length(int depth) {
        return depth > DEEPEST ? 0 : random.nextInt(depth < 2 ? 5 : 3);
    }

    private static List<Class<?>> alternatives(Class<?> raw) {
        io.econtext.Alternatives listed = raw.getAnnotation(io.econtext.Alternatives.class);
        return listed != null
                ? List.of(listed.value())
                : raw.isSealed() ? List.of(raw.getPermittedSubclasses()) : List.of();
    }

    private static Object make(Class<?> raw) {
        try {
            Constructor<?> constructor = raw.getDeclaredConstructor();
            if (!raw.getName().startsWith("java.")) {
                constructor.setAccessible(true);
            }
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
