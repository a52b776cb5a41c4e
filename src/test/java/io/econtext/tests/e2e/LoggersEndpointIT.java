package io.econtext.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Levels that are changed while a Spring Boot application runs, as its operators do that. */
class LoggersEndpointIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private static final JsonMapper JSON = new JsonMapper();

    static Process application;
    static String actuator;
    static Thread output;

    @BeforeAll
    static void start() throws IOException {
        application = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        LoggersApplication.class.getName(),
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--spring.main.banner-mode=off",
                        // not the demo's, which is on this class path, too
                        "--spring.config.name=none",
                        "--spring.shell.interactive.enabled=false",
                        // that of these tests hides what contexts log
                        "--logging.config=classpath:logback-of-an-application.xml",
                        "--management.endpoints.web.exposure.include=loggers,econtextlogs,debug",
                        "--econtext.contexts.web1.method=local")
                .redirectErrorStream(true)
                .start();
        BufferedReader out = application.inputReader();
        StringBuilder said = new StringBuilder();
        for (String line = out.readLine(); actuator == null; line = out.readLine()) {
            assertThat(line).as("%s", said).isNotNull();
            said.append(line).append('\n');
            if (line.startsWith(LoggersApplication.PORT)) {
                actuator = "http://127.0.0.1:" + line.substring(LoggersApplication.PORT.length()) + "/actuator/";
            }
        }
        // a full pipe would stop the program
        output = new Thread(
                () -> {
                    try (out) {
                        out.transferTo(Writer.nullWriter());
                    } catch (IOException e) {
                        // it was ended
                    }
                },
                "output of the application");
        output.start();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        application.destroy();
        application.waitFor();
        output.join();
    }

    @Test
    void theLevelOfALoggerIsThatOfAllContexts() throws Exception {
        followsAndGoesBack("com.acme.all", "com.acme.all.Disk");
    }

    @Test
    void theLevelOfAContextsLoggerIsThatOfTheContext() throws Exception {
        followsAndGoesBack("econtext.ctx.web1.com.acme.one", "com.acme.one.Disk");
        followsAndGoesBack("econtext.ctx.web1.com.acme.one.Disk", "com.acme.one.Disk");
    }

    @Test
    void theLevelOfAContextsLoggerGoesBeforeThatOfTheLogger() throws Exception {
        configure("com.acme.both", "\"debug\"");
        awaitDebug("com.acme.both", true);
        configure("econtext.ctx.web1.com.acme.both", "\"info\"");
        awaitDebug("com.acme.both", false);
        configure("econtext.ctx.web1.com.acme.both", "null");
        awaitDebug("com.acme.both", true);
        configure("com.acme.both", "null");
        awaitDebug("com.acme.both", false);
    }

    private static void followsAndGoesBack(String configured, String logger) throws Exception {
        awaitDebug(logger, false);
        debug(logger, "before " + configured);
        assertThat(lines("before " + configured)).isEmpty();
        configure(configured, "\"debug\"");
        awaitDebug(logger, true);
        debug(logger, "at " + configured);
        assertThat(lines("at " + configured)).containsExactly(logger);
        configure(configured, "null");
        awaitDebug(logger, false);
        debug(logger, "after " + configured);
        assertThat(lines("after " + configured)).isEmpty();
    }

    private static void configure(String logger, String level) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(actuator + "loggers/" + logger))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"configuredLevel\":" + level + "}"))
                .build();
        assertThat(CLIENT.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(204);
    }

    private static void awaitDebug(String logger, boolean enabled) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> debug(logger, "asked") == enabled);
    }

    private static boolean debug(String logger, String message) throws Exception {
        return get("debug?logger=" + logger + "&message=" + message.replace(' ', '+'))
                .asBoolean();
    }

    /** The loggers of the debug lines of that text. */
    private static List<String> lines(String message) throws Exception {
        return get("econtextlogs?context=web1&level=debug")
                .get("lines")
                .valueStream()
                .filter(line -> line.get("level").asString().equals("DEBUG"))
                .filter(line -> line.get("message").asString().equals(message))
                .map(line -> line.get("logger").asString())
                .toList();
    }

    private static JsonNode get(String path) throws Exception {
        HttpResponse<String> answer =
                CLIENT.send(HttpRequest.newBuilder(URI.create(actuator + path)).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }
}
