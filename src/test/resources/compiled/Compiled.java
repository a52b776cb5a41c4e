package com.acme.compiled;

import io.econtext.NotPortableException;
import io.econtext.RemoteContext;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Calls by every kind of function. A test has it compiled by several compilers. */
public class Compiled {
    private final String field = String.valueOf("field");
    private final Thread thread = Thread.currentThread();
    private static String remembered;

    /** What the calls gave, by the kind of function. */
    public static Map<String, Object> call(RemoteContext context) throws Exception {
        Map<String, Object> got = new LinkedHashMap<>();
        String text = "text";
        int number = 7;
        long big = 1L << 40;
        double half = 0.5;
        List<String> list = Arrays.asList("a", "b");

        got.put("lambda", context.call(() -> text + number + big + half + list));
        got.put("lambda of arguments", context.call((String s, Integer n) -> s + n + text, "x", 1));
        got.put("lambda in a lambda", context.call(() -> {
            Supplier<Function<String, String>> outer = () -> s -> text + s + number;
            return outer.get().apply("-");
        }));
        got.put("lambda in what it calls", context.call(() -> nested(text)));
        got.put("method reference in a lambda", context.call(() -> {
            Function<String, Integer> parse = Integer::parseInt;
            Function<Integer, Point> make = n -> new Point(n, n);
            return parse.andThen(make).apply("3").toString();
        }));
        got.put("anonymous class in a lambda", context.call(() -> new Object() {
            @Override
            public String toString() {
                return text;
            }
        }.toString()));
        got.put("switch in a lambda", context.call(() -> {
            switch (Colour.valueOf("GREEN")) {
                case RED:
                    return "r";
                default:
                    return "g";
            }
        }));
        got.put("lambda that throws", thrown(() -> context.run(() -> {
            throw new IOException("lambda");
        })));

        got.put("static", context.call(Compiled::twice, 4));
        got.put("private static", context.call(Compiled::hidden));
        got.put("generic", context.call(Compiled::reversed, list));
        got.put("varargs", context.<String, String, String, RuntimeException>call(Compiled::joined, "a", "b"));
        got.put("of the JDK", context.call(Integer::parseInt, "12"));
        got.put("of an interface", context.call(Greeting::greet, "x"));
        got.put("bound", context.call(text::toUpperCase));
        got.put("bound to a value of its own", context.call(new Point(1, 2)::plus, new Point(3, 4)).toString());
        got.put("not bound", context.call(String::trim, " x "));
        got.put("not bound, of an interface", context.call(List<String>::size, list));
        got.put("constructor", context.call(Point::new, 3, 4).toString());
        got.put("private constructor", context.call(Hidden::new).toString());
        got.put("array constructor", context.call(int[]::new, 3).length);
        got.put("method that throws", thrown(() -> context.run(Compiled::fail)));
        context.run(Compiled::remember, text);
        got.put("void", context.call(Compiled::remembered));
        return got;
    }

    /** Why calls that need {@code this} were refused. */
    public Map<String, String> refusals(RemoteContext context) {
        Map<String, String> why = new LinkedHashMap<>();
        why.put("field", refused(() -> context.call(() -> field + 1 + thread)));
        why.put("method", refused(() -> context.call(() -> ofThis())));
        why.put("field in a lambda in a lambda", refused(() -> context.call(() -> {
            Supplier<String> inner = () -> "" + thread;
            return inner.get();
        })));
        why.put("super", refused(() -> context.call(super::toString)));
        why.put("inner class", refused(() -> context.call(Inner::new)));
        why.put("bound", refused(() -> context.call(this::ofThis)));
        Supplier<String> function = () -> "function";
        why.put("function", refused(() -> context.call(() -> function.get())));
        why.put("function, bound", refused(() -> context.call(function::get)));
        return why;
    }

    private interface Step {
        void run() throws Exception;
    }

    private static String thrown(Step step) throws Exception {
        try {
            step.run();
            return "nothing";
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    private static String refused(Step step) {
        try {
            step.run();
            return "not refused";
        } catch (NotPortableException e) {
            return e.getMessage();
        } catch (Exception e) {
            return e.toString();
        }
    }

    private String ofThis() {
        return field;
    }

    static String nested(String text) {
        Function<String, Supplier<String>> outer = s -> () -> s + text;
        return outer.apply("nested ").get();
    }

    static int twice(int n) {
        return 2 * n;
    }

    private static String hidden() {
        return "hidden";
    }

    static List<String> reversed(List<String> list) {
        return Arrays.asList(list.get(1), list.get(0));
    }

    static String joined(String... parts) {
        return String.join("+", parts);
    }

    static void fail() throws IOException {
        throw new IOException("method");
    }

    static void remember(String text) {
        remembered = text;
    }

    static String remembered() {
        return remembered;
    }

    enum Colour {
        RED,
        GREEN
    }

    interface Greeting {
        static String greet(String name) {
            return "hello " + name;
        }
    }

    static final class Point {
        public int x;
        public int y;

        Point() {}

        Point(int x, int y) {
            this.x = x;
            this.y = y;
        }

        Point plus(Point other) {
            return new Point(x + other.x, y + other.y);
        }

        @Override
        public String toString() {
            return x + "," + y;
        }
    }

    private static final class Hidden {
        public String name;

        private Hidden() {
            name = "made";
        }

        @Override
        public String toString() {
            return name;
        }
    }

    final class Inner {}
}
