package io.econtext.tests.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.java8.ByCommonsLogging;
import com.acme.java8.ByJul;
import com.acme.java8.ByLog4j;
import com.acme.java8.BySlf4j;
import com.acme.java8.LogApi;
import com.acme.java8.Logs;
import com.acme.logs.BySystemLogger;
import io.econtext.Call;
import io.econtext.RemoteContext;
import io.econtext.TypeRef;
import io.econtext.broker.LogLine;
import io.econtext.tests.hosts.ClientKeys;
import io.econtext.tests.hosts.Host;
import io.econtext.tests.hosts.Hosts;
import io.econtext.tests.hosts.NeedsContainers;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an application logs with, on whichever Java: it arrives, and its levels are those of here. */
@NeedsContainers
class LogApisIT {
    private static final int FINEST = 300;
    private static final int FINE = 500;
    private static final int INFO = 800;
    private static final int ERROR = 1000;

    /** Where the build has put the versions that nothing here depends on. */
    private static final Path JARS = Path.of(System.getProperty("econtext.logging"));

    /** What applications have on their class path for that. */
    enum Application {
        JUL(ByJul.class),
        SYSTEM_LOGGER(BySystemLogger.class),
        SLF4J_1(BySlf4j.class, "slf4j-1"),
        SLF4J_2(BySlf4j.class, "slf4j-2"),
        COMMONS_LOGGING_1_3_THAT_FINDS_SLF4J(ByCommonsLogging.class, "commons-logging-1.3", "slf4j-2"),
        COMMONS_LOGGING_1_3_THAT_FINDS_NOTHING(ByCommonsLogging.class, "commons-logging-1.3"),
        COMMONS_LOGGING_1_2(ByCommonsLogging.class, "commons-logging-1.2"),
        JCL_OVER_SLF4J(ByCommonsLogging.class, "jcl-over-slf4j", "slf4j-2"),
        SPRING_JCL_5(ByCommonsLogging.class, "spring-jcl-5", "slf4j-2"),
        SPRING_JCL_5_WITH_SLF4J_1(ByCommonsLogging.class, "spring-jcl-5", "slf4j-1"),
        SPRING_JCL_5_THAT_FINDS_NOTHING(ByCommonsLogging.class, "spring-jcl-5"),
        SPRING_JCL_6(ByCommonsLogging.class, "spring-jcl-6", "slf4j-2"),
        LOG4J_TO_SLF4J(ByLog4j.class, "log4j-api", "log4j-to-slf4j", "slf4j-2"),
        LOG4J_TO_SLF4J_1(ByLog4j.class, "log4j-api", "log4j-to-slf4j", "slf4j-1"),
        SPRING_BOOT_JUL(ByJul.class, (String[]) null),
        SPRING_BOOT_SLF4J(BySlf4j.class, (String[]) null),
        SPRING_BOOT_COMMONS_LOGGING(ByCommonsLogging.class, (String[]) null),
        SPRING_BOOT_LOG4J(ByLog4j.class, (String[]) null);

        private final Class<? extends LogApi> api;
        private final String[] jars;
        private ClassLoader loader;

        /** @param jars {@code null} for all that a Spring Boot application has */
        Application(Class<? extends LogApi> api, String... jars) {
            this.api = api;
            this.jars = jars;
            loader = jars == null ? LogApisIT.class.getClassLoader() : null;
        }

        private boolean runsOn(String java) {
            return !java.equals("java8") || this != SYSTEM_LOGGER && this != SPRING_JCL_6;
        }

        /** Whether markers and the diagnostic context are a part of it. */
        private boolean hasContext() {
            return api == BySlf4j.class || api == ByLog4j.class;
        }

        /** The same every time, as an application has one. */
        private ClassLoader loader() throws IOException {
            if (loader == null) {
                List<URL> path = new ArrayList<>();
                path.add(Logs.class.getProtectionDomain().getCodeSource().getLocation());
                for (String jar : jars) {
                    path.add(JARS.resolve(jar + ".jar").toUri().toURL());
                }
                loader = new URLClassLoader(path.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
            }
            return loader;
        }

        private void close() throws IOException {
            if (loader instanceof URLClassLoader) {
                ((URLClassLoader) loader).close();
            }
        }
    }

    @TempDir
    static Path directory;

    static Host host;
    static Here here;

    @BeforeAll
    static void start() throws Exception {
        host = Hosts.jre().readOnly().noSharedMemory().start(ClientKeys.generate(directory));
        here = new Here();
        for (String java : List.of("java8", "java17", "java25")) {
            here.broker.define(host.as(java).named(java).with(Behaviour.PATIENT).build());
        }
    }

    @AfterAll
    static void stop() throws IOException {
        here.close();
        host.close();
        for (Application application : Application.values()) {
            application.close();
        }
    }

    @AfterEach
    void theUsual() {
        here.printed.wants(Map.of("", INFO));
        here.printed.clear();
    }

    static Stream<Arguments> applications() {
        return Stream.of("java8", "java17", "java25")
                .flatMap(java -> Stream.of(Application.values())
                        .filter(application -> application.runsOn(java))
                        .map(application -> Arguments.of(application, java)));
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("applications")
    void aLineArrivesBeforeTheResultWithAllThatGoesWithIt(Application application, String java) throws Exception {
        Instant before = Instant.now().minusMillis(1);
        call(application, java, Void.class, "warn", "a thread", "disk is full");
        LogLine line = here.printed.line("disk is full");
        assertThat(line.context()).isEqualTo(java);
        assertThat(line.logger()).isEqualTo(LogApi.LOGGER);
        assertThat(line.level()).isEqualTo("WARN");
        assertThat(line.thread()).isEqualTo("a thread");
        assertThat(line.time()).isBetween(before, Instant.now());
        assertThat(line.throwable())
                .startsWith("java.lang.IllegalStateException: outer\n\tat com.acme.java8.Logs.")
                .contains("\nCaused by: java.lang.Exception: inner\n");
        if (application.hasContext()) {
            assertThat(line.mdc()).containsExactly(Map.entry(LogApi.KEY, LogApi.VALUE));
            assertThat(line.markers()).containsExactly(LogApi.MARKER);
        }
        assertThat(here.printed.of("stdout")).isEmpty();
        assertThat(here.printed.of("stderr")).isEmpty();
    }

    @ParameterizedTest(name = "{0} on {1}")
    @MethodSource("applications")
    void levelsAreThoseOfHere(Application application, String java) throws Exception {
        here.printed.wants(Map.of("", INFO, "com.acme.all", FINEST, "com.acme.Quiet", ERROR));
        Behaviour.await()
                .until(() ->
                        isDebug(application, java, "com.acme.all") && !isDebug(application, java, "com.acme.Quiet"));
        call(application, java, Void.class, "everyLevel", "com.acme.all");
        call(application, java, Void.class, "everyLevel", "com.acme.Quiet");
        call(application, java, Void.class, "everyLevel", "com.acme.usual");
        assertThat(levels("com.acme.all")).containsExactly("ERROR", "WARN", "INFO", "DEBUG", "TRACE");
        assertThat(levels("com.acme.Quiet")).containsExactly("ERROR");
        assertThat(levels("com.acme.usual")).containsExactly("ERROR", "WARN", "INFO");
        here.printed.wants(Map.of("", INFO));
        Behaviour.await().until(() -> !isDebug(application, java, "com.acme.all"));
        here.printed.wants(Map.of("", INFO, "com.acme", FINE));
        Behaviour.await().until(() -> isDebug(application, java, "com.acme.all"));
    }

    private static boolean isDebug(Application application, String java, String logger) throws Exception {
        return call(application, java, Boolean.class, "isDebug", logger);
    }

    /** Each line's message is its level. */
    private static List<String> levels(String logger) {
        List<LogLine> lines = here.printed.lines(line -> line.logger().equals(logger));
        assertThat(lines).allSatisfy(line -> assertThat(line.message()).isEqualTo(line.level()));
        return lines.stream().map(LogLine::level).toList();
    }

    private static <R> R call(Application application, String java, Class<R> result, String method, String... arguments)
            throws Exception {
        List<Object> all = new ArrayList<>(List.of(application.api.getName()));
        all.addAll(List.of(arguments));
        RemoteContext context = here.broker.context(java);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(application.loader());
        try {
            return context.invoke(Call.named(TypeRef.of(result), Logs.class.getName(), method, all.toArray()));
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
