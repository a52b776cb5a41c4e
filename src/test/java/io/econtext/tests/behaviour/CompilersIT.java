package io.econtext.tests.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;
import static org.assertj.core.api.InstanceOfAssertFactories.map;

import io.econtext.Local;
import io.econtext.RemoteContext;
import io.econtext.broker.Broker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.Tool;
import javax.tools.ToolProvider;
import org.eclipse.jdt.core.compiler.batch.BatchCompiler;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What lambdas and method references become is up to the compiler; whatever it is, it travels or is refused. */
class CompilersIT {
    private static final String NEWEST = String.valueOf(Runtime.version().feature());

    @TempDir
    static Path directory;

    @AutoClose
    static final Broker broker = Broker.create();

    static RemoteContext context;

    @BeforeAll
    static void start() {
        context = broker.connect(Local.process());
    }

    /** Compiles for a release of Java. */
    record Compiler(String name, String release, Running running) {
        @Override
        public String toString() {
            return name + " for " + release;
        }
    }

    /** Runs a compiler and says what it complained of. */
    interface Running {
        String run(String... arguments) throws Exception;
    }

    /** This Java's own, those of JDKs that are installed beside it, and ecj. */
    static Stream<Compiler> compilers() throws IOException {
        List<Compiler> compilers = new ArrayList<>();
        Tool own = ToolProvider.getSystemJavaCompiler();
        for (String release : List.of("8", NEWEST)) {
            compilers.add(new Compiler("javac", release, arguments -> run(own, arguments)));
            compilers.add(new Compiler("ecj", release, CompilersIT::ecj));
        }
        Path home = Path.of(System.getProperty("java.home")).toRealPath();
        try (Stream<Path> beside = Files.list(home.getParent())) {
            beside.filter(jdk -> Files.isExecutable(jdk.resolve("bin/javac"))
                            && !Files.isSymbolicLink(jdk)
                            && !jdk.equals(home))
                    .forEach(jdk -> {
                        Running other = arguments -> run(jdk.resolve("bin/javac"), arguments);
                        compilers.add(new Compiler("javac of " + jdk.getFileName(), NEWEST, other));
                    });
        }
        return compilers.stream();
    }

    private static String run(Tool compiler, String... arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        return compiler.run(null, said, said, arguments) == 0 ? "" : said.toString();
    }

    private static String ecj(String... arguments) {
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        return BatchCompiler.compile(arguments, out, out, null) ? "" : said.toString();
    }

    private static String run(Path compiler, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(compiler.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes());
        return process.waitFor() == 0 ? "" : said;
    }

    @ParameterizedTest
    @MethodSource("compilers")
    void functionsOfEveryKindTravel(Compiler compiler) throws Exception {
        try (URLClassLoader loader = compile(compiler, "Compiled")) {
            Class<?> compiled = loader.loadClass("com.acme.compiled.Compiled");
            Object got = compiled.getMethod("call", RemoteContext.class).invoke(null, context);
            assertThat(got)
                    .asInstanceOf(MAP)
                    .containsExactly(
                            entry("lambda", "text710995116277760.5[a, b]"),
                            entry("lambda of arguments", "x1text"),
                            entry("lambda in a lambda", "text-7"),
                            entry("lambda in what it calls", "nested text"),
                            entry("method reference in a lambda", "3,3"),
                            entry("anonymous class in a lambda", "text"),
                            entry("switch in a lambda", "g"),
                            entry("lambda that throws", "lambda"),
                            entry("static", 8),
                            entry("private static", "hidden"),
                            entry("generic", List.of("b", "a")),
                            entry("varargs", "a+b"),
                            entry("of the JDK", 12),
                            entry("of an interface", "hello x"),
                            entry("bound", "TEXT"),
                            entry("bound to a value of its own", "4,6"),
                            entry("not bound", "x"),
                            entry("not bound, of an interface", 2),
                            entry("constructor", "3,4"),
                            entry("private constructor", "made"),
                            entry("array constructor", 3),
                            entry("method that throws", "method"),
                            entry("void", "text"));
            Object instance = compiled.getConstructor().newInstance();
            Object why = compiled.getMethod("refusals", RemoteContext.class).invoke(instance, context);
            assertThat(why).asInstanceOf(map(String.class, String.class)).satisfies(refusals -> {
                assertThat(refusals.get("field"))
                        .contains(
                                "'this' of com.acme.compiled.Compiled, its field field (java.lang.String), its field thread (java.lang.Thread), which");
                assertThat(refusals.get("method")).contains("its method ofThis, which");
                assertThat(refusals.get("field in a lambda in a lambda"))
                        .contains("its field thread (java.lang.Thread), which");
                assertThat(refusals.get("inner class"))
                        .contains("its inner class com.acme.compiled.Compiled$Inner, which");
                assertThat(refusals.get("super")).contains("can't travel");
                assertThat(refusals.get("bound")).contains("argument 1 of Compiled#ofThis can't travel");
                assertThat(refusals.get("function")).contains("java.util.function.Supplier can't travel");
                assertThat(refusals.get("function, bound")).contains("argument 1 of Supplier#get can't travel");
            });
        }
    }

    @ParameterizedTest
    @MethodSource("compilers")
    void referencesToMethodsOfOtherClassesTravel(Compiler compiler) throws Exception {
        assertThat(references(compiler, "inherited"))
                .containsExactly(
                        entry("default method", "label of web1"),
                        entry("default method, bound", "label of web1"),
                        entry("of an abstract class", "hi"),
                        entry("of an abstract class, bound", "hi"),
                        entry("of a class above that", "root"),
                        entry("of a class above that, bound", "root"),
                        entry("of a class that isn't public", "shown"),
                        entry("of a class that isn't public, bound", "shown"),
                        entry("overridden", "sub"),
                        entry("of Object", 7),
                        entry("of Object, bound", 7),
                        entry("of Enum", "HIGH"),
                        entry("of Enum, bound", "HIGH"),
                        entry("of a constant's own class", 2),
                        entry("of a path, bound", 2),
                        entry("of a character set, bound", "UTF-8"),
                        entry("of a collection, bound", true),
                        entry("of a generic class", "in"),
                        entry("private", "secret of web1"));
    }

    @ParameterizedTest
    @MethodSource("compilers")
    void wildcardsAndTypeVariablesArrive(Compiler compiler) throws Exception {
        assertThat(references(compiler, "generic"))
                .containsExactly(
                        entry("wildcard", 4),
                        entry("wildcard in a constructor", "[circle 1, square 2]"),
                        entry("wildcard of paths", "a"),
                        entry("any wildcard", "[point 1]"),
                        entry("lower wildcard", "[1, 2, 3]"),
                        entry("result of a wildcard", "[square 1, circle 2]"),
                        entry("bounded variable", 4),
                        entry("variable", "point 1"),
                        entry("variable that is long", "1L"),
                        entry("variable that is a path", "/a"),
                        entry("variable that is a zone", "Europe/Berlin"),
                        entry("variable that is a constant", "HIGH"),
                        entry("variable that is a container", "[point 1]"),
                        entry("variable of a container", 1),
                        entry("variable of nested containers", "[[point 1], []]"),
                        entry("variable beside a type", "1 [point 1]"),
                        entry("variables of an array", "[point 1]"),
                        entry("varargs", "[point 1, point 1]"),
                        entry("array constructor", 2));
    }

    @ParameterizedTest
    @MethodSource("compilers")
    void capturedContainersArriveAsWhatTheLambdaTakes(Compiler compiler) throws Exception {
        assertThat(references(compiler, "captured"))
                .containsExactly(
                        entry("LinkedList", "a"),
                        entry("ConcurrentMap", 1),
                        entry("HashMap", 2),
                        entry("EnumMap", "h"),
                        entry("empty EnumSet", "[HIGH]"),
                        entry("Deque", 3),
                        entry("TreeMap", "/a"),
                        entry("paths", "a,null"),
                        entry("key set", "[a]"),
                        entry("Iterable", 1),
                        entry("Optional", 1),
                        entry("zones", "[Z, Europe/Berlin]"),
                        entry("maps", 2),
                        entry("in nested lambdas", 3),
                        entry("variables of loops", "/a0/a1"));
    }

    @ParameterizedTest
    @MethodSource("compilers")
    void whatIsRunForNoResultMayHaveAny(Compiler compiler) throws Exception {
        assertThat(references(compiler, "procedures"))
                .containsExactly(entry("later", true), entry("later, a lambda", true), entry("runs", 6));
    }

    private static Map<String, Object> references(Compiler compiler, String method) throws Exception {
        try (URLClassLoader loader = compile(compiler, "References")) {
            Class<?> compiled = loader.loadClass("com.acme.compiled.References");
            @SuppressWarnings("unchecked")
            Map<String, Object> got = (Map<String, Object>)
                    compiled.getMethod(method, RemoteContext.class).invoke(null, context);
            return got;
        }
    }

    private static URLClassLoader compile(Compiler compiler, String name) throws Exception {
        Path source = Files.createDirectories(directory.resolve("source")).resolve(name + ".java");
        try (var in = CompilersIT.class.getResourceAsStream("/compiled/" + name + ".java")) {
            Files.write(source, in.readAllBytes());
        }
        Path classes = Files.createDirectories(directory.resolve(compiler.toString() + name));
        String api = Path.of(RemoteContext.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        assertThat(compiler.running.run(
                        "--release", compiler.release, "-cp", api, "-d", classes.toString(), source.toString()))
                .isEmpty();
        return new URLClassLoader(new URL[] {classes.toUri().toURL()}, CompilersIT.class.getClassLoader());
    }
}
