package com.acme.compiled;

import io.econtext.Alternatives;
import io.econtext.RemoteContext;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/** Calls by references whose types the method alone doesn't tell. A test has it compiled by several compilers. */
public class References {
    private References() {}

    /** What methods gave that the named class has from others. */
    public static Map<String, Object> inherited(RemoteContext context) throws Exception {
        Map<String, Object> got = new LinkedHashMap<>();
        Host host = new Host("web1");
        Sub sub = new Sub();
        Level level = Level.HIGH;
        Path path = Paths.get("/a/b");
        Charset charset = StandardCharsets.UTF_8;
        List<String> list = Arrays.asList("b", "a");

        got.put("default method", context.call(Host::label, host));
        got.put("default method, bound", context.call(host::label));
        got.put("of an abstract class", context.call(Sub::hi, sub));
        got.put("of an abstract class, bound", context.call(sub::hi));
        got.put("of a class above that", context.call(Sub::root, sub));
        got.put("of a class above that, bound", context.call(sub::root));
        got.put("of a class that isn't public", context.call(Shown::shown, new Shown()));
        got.put("of a class that isn't public, bound", context.call(new Shown()::shown));
        got.put("overridden", context.call(Sub::overridden, sub));
        got.put("of Object", context.call(Sub::hashCode, sub));
        got.put("of Object, bound", context.call(sub::hashCode));
        got.put("of Enum", context.call(Level::name, Level.HIGH));
        got.put("of Enum, bound", context.call(level::name));
        got.put("of a constant's own class", context.call(level::weight));
        got.put("of a path, bound", context.call(path::getNameCount));
        got.put("of a character set, bound", context.call(charset::name));
        got.put("of a collection, bound", context.call(list::contains, "a"));
        got.put("of a generic class", context.call(Box<String>::content, new Box<>("in")));
        got.put("private", context.call(Host::secret, host));
        return got;
    }

    /** What came of wildcards and type variables. */
    public static Map<String, Object> generic(RemoteContext context) throws Exception {
        Map<String, Object> got = new LinkedHashMap<>();
        List<Shape> shapes = Arrays.asList(new Circle(1), new Square(2));
        Point point = new Point(1);

        got.put("wildcard", context.call(References::sides, shapes));
        got.put("wildcard in a constructor", context.call(Drawing::new, shapes).shapes.toString());
        got.put("wildcard of paths", context.call(References::names, Collections.singletonList(Paths.get("/a"))));
        got.put("any wildcard", context.call(References::any, Collections.singletonList(point)));
        got.put("lower wildcard", context.call(References::lower, new ArrayList<>(Arrays.asList(1, 2))));
        got.put("result of a wildcard", context.call(References::shapes).toString());
        got.put("bounded variable", context.call(References::bounded, shapes));
        got.put("variable", context.call(References::shown, point));
        got.put("variable that is long", context.call(References::shown, 1L));
        got.put("variable that is a path", context.call(References::shown, Paths.get("/a")));
        got.put("variable that is a zone", context.call(References::shown, ZoneId.of("Europe/Berlin")));
        got.put("variable that is a constant", context.call(References::shown, Level.HIGH));
        got.put("variable that is a container", context.call(References::shown, new ArrayDeque<>(Arrays.asList(point))));
        got.put("variable of a container", context.call(References::first, new ArrayDeque<>(Arrays.asList(point))).n);
        got.put("variable of nested containers", context.call(References::nested, Arrays.asList(Arrays.asList(point), Collections.<Point>emptyList())));
        got.put("variable beside a type", context.call(References::beside, Collections.singletonMap(Paths.get("/a"), point)));
        got.put("variables of an array", context.<Point[], String, RuntimeException>call(References::array, new Point[] {point}));
        got.put("varargs", context.<Point, Point, String, RuntimeException>call(References::array, point, point));
        got.put("array constructor", context.call(Point[]::new, 2).length);
        return got;
    }

    /** What lambdas made of the containers and values that they captured. */
    public static Map<String, Object> captured(RemoteContext context) throws Exception {
        Map<String, Object> got = new LinkedHashMap<>();
        LinkedList<String> linked = new LinkedList<>(Arrays.asList("a", "b"));
        ConcurrentMap<String, Point> concurrent = new ConcurrentHashMap<>();
        concurrent.put("a", new Point(1));
        HashMap<String, List<Point>> hash = new HashMap<>();
        hash.put("a", Arrays.asList(new Point(2)));
        EnumMap<Level, String> byLevel = new EnumMap<>(Level.class);
        byLevel.put(Level.HIGH, "h");
        EnumSet<Level> none = EnumSet.noneOf(Level.class);
        Deque<Point> deque = new ArrayDeque<>(Arrays.asList(new Point(3)));
        TreeMap<Integer, Path> tree = new TreeMap<>(Collections.singletonMap(1, Paths.get("/a")));
        List<Path> paths = Arrays.asList(Paths.get("/a"), null);
        Collection<String> keys = concurrent.keySet();
        Iterable<Integer> numbers = Arrays.asList(1, 2);
        Optional<Path> path = Optional.of(Paths.get("/a"));
        List<ZoneId> zones = Arrays.asList(ZoneId.of("Z"), ZoneId.of("Europe/Berlin"));
        Map<String, Map<String, Level>> maps = Collections.singletonMap("a", Collections.singletonMap("b", Level.HIGH));

        got.put("LinkedList", context.call(() -> linked.getFirst()));
        got.put("ConcurrentMap", context.call(() -> concurrent.get("a").n));
        got.put("HashMap", context.call(() -> hash.get("a").get(0).n));
        got.put("EnumMap", context.call(() -> byLevel.get(Level.HIGH)));
        got.put("empty EnumSet", context.call(() -> {
            none.add(Level.HIGH);
            return none.toString();
        }));
        got.put("Deque", context.call(() -> deque.peekLast().n));
        got.put("TreeMap", context.call(() -> tree.firstEntry().getValue().toString()));
        got.put("paths", context.call(() -> paths.get(0).getFileName() + "," + paths.get(1)));
        got.put("key set", context.call(() -> keys.toString()));
        got.put("Iterable", context.call(() -> numbers.iterator().next()));
        got.put("Optional", context.call(() -> path.get().getNameCount()));
        got.put("zones", context.call(() -> zones.toString()));
        got.put("maps", context.call(() -> maps.get("a").get("b").weight()));
        got.put("in nested lambdas", context.call(() -> {
            Supplier<Supplier<Integer>> outer = () -> () -> linked.size() + concurrent.size();
            return outer.get().get();
        }));
        StringBuilder each = new StringBuilder();
        for (Path one : paths.subList(0, 1)) {
            for (int i = 0; i < 2; i++) {
                int index = i;
                each.append(context.call(() -> one.toString() + index));
            }
        }
        got.put("variables of loops", each.toString());
        return got;
    }

    /** What came of methods that were run for no result, though they have one. */
    public static Map<String, Object> procedures(RemoteContext context) throws Exception {
        Map<String, Object> got = new LinkedHashMap<>();
        List<String> list = new ArrayList<>(Arrays.asList("a"));

        context.run(References::number);
        context.run(References::thread);
        context.run(References::never);
        context.run(References::twice, 1);
        context.run(list::add, "b");
        context.run(Host::new, "web1");
        context.run(Thread::new);
        got.put("later", context.runAsync(References::number).thenApply(nothing -> nothing == null).get());
        got.put("later, a lambda", context.runAsync(() -> number()).thenApply(nothing -> nothing == null).get());
        got.put("runs", context.call(References::runs));
        return got;
    }

    private static int runs;

    static int number() {
        return ++runs;
    }

    static Thread thread() {
        runs++;
        return Thread.currentThread();
    }

    static CompletableFuture<String> never() {
        runs++;
        return new CompletableFuture<>();
    }

    static <T> List<T> twice(T value) {
        runs++;
        return Arrays.asList(value, value);
    }

    static int runs() {
        return runs;
    }

    interface Named {
        String name();

        default String label() {
            return "label of " + name();
        }

        static String of(String name) {
            return "named " + name;
        }
    }

    static final class Host implements Named {
        private String name;

        private Host() {}

        Host(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        private String secret() {
            return "secret of " + name;
        }
    }

    abstract static class Root {
        public String root() {
            return "root";
        }
    }

    abstract static class Base extends Root {
        public String hi() {
            return "hi";
        }

        public String overridden() {
            return "base";
        }

        @Override
        public int hashCode() {
            return 7;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Base;
        }
    }

    static final class Sub extends Base {
        @Override
        public String overridden() {
            return "sub";
        }
    }

    static class Concealed {
        public String shown() {
            return "shown";
        }
    }

    public static class Shown extends Concealed {}

    static final class Box<T> {
        private T content;

        private Box() {}

        Box(T content) {
            this.content = content;
        }

        T content() {
            return content;
        }
    }

    enum Level {
        LOW {
            @Override
            int weight() {
                return 1;
            }
        },
        HIGH {
            @Override
            int weight() {
                return 2;
            }
        };

        abstract int weight();
    }

    @Alternatives({Circle.class, Square.class})
    interface Shape {
        int sides();
    }

    static final class Circle implements Shape {
        private int radius;

        private Circle() {}

        Circle(int radius) {
            this.radius = radius;
        }

        @Override
        public int sides() {
            return 0;
        }

        @Override
        public String toString() {
            return "circle " + radius;
        }
    }

    static final class Square implements Shape {
        private int side;

        private Square() {}

        Square(int side) {
            this.side = side;
        }

        @Override
        public int sides() {
            return 4;
        }

        @Override
        public String toString() {
            return "square " + side;
        }
    }

    static final class Point {
        private int n;

        private Point() {}

        Point(int n) {
            this.n = n;
        }

        @Override
        public String toString() {
            return "point " + n;
        }
    }

    static final class Drawing {
        private List<Shape> shapes;

        private Drawing() {}

        Drawing(List<? extends Shape> shapes) {
            this.shapes = new ArrayList<>(shapes);
        }
    }

    static int sides(List<? extends Shape> shapes) {
        return shapes.stream().mapToInt(Shape::sides).sum();
    }

    static String names(List<? extends Path> paths) {
        return paths.get(0).getFileName().toString();
    }

    static String any(List<?> list) {
        return list.toString();
    }

    static String lower(Collection<? super Integer> list) {
        list.add(3);
        return list.toString();
    }

    static List<? extends Shape> shapes() {
        return Arrays.asList(new Square(1), new Circle(2));
    }

    static <T extends Shape> int bounded(List<T> shapes) {
        return sides(shapes);
    }

    static <T> String shown(T value) {
        return value + (value instanceof Long ? "L" : "");
    }

    static <T> T first(Deque<T> deque) {
        return deque.peekFirst();
    }

    static <T> String nested(List<List<T>> lists) {
        return lists.toString();
    }

    static <T> String beside(Map<Path, T> map) {
        return map.keySet().iterator().next().getNameCount() + " " + map.values();
    }

    @SafeVarargs
    static <T> String array(T... values) {
        return Arrays.toString(values);
    }
}
