package io.econtext.classes;

import io.econtext.ContextOptions;
import io.econtext.broker.ClassServer;
import io.econtext.parent.FirstStage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many bytes what econtext sends takes. Stateless. */
public final class Sizes {
    /** Of the command line. */
    public static final String COMMAND = "command line";

    public static final String SCRIPT = "script of the first stage";
    public static final String BOOT_JAR = "boot jar";
    public static final String CLASSES = "classes of the core";
    /** All that is sent before a context can serve, apart from the command line. */
    public static final String CORE = "core in all";

    /** The most that the command line and the core may take. */
    public static final int COMMAND_LIMIT = FirstStage.MAX_COMMAND;

    public static final int CORE_LIMIT = 20 << 10;
    /** The most that may be sent up to the first result of a trivial call. */
    public static final int FIRST_RESULT_LIMIT = 24 << 10;

    private static final int ANY_NONCE = 12_345_678;
    /** What is said about itself to a new context: numbers, and a name that may be this long. */
    private static final int GREETING = 100;

    private static final Map<String, String> ON_DEMAND = Map.of(
            "values of all types", "io.econtext.types.Forms",
            "classes of an application", "io.econtext.load.ApplicationLoader",
            "contexts that call others", "io.econtext.call.Starter",
            "facts", "io.econtext.Facts",
            "tail", "io.econtext.Tail");

    private Sizes() {}

    /** The parts, by name, in the order in which they are sent; then those that are sent on demand. */
    public static Map<String, Integer> all() {
        ForwardingClassServer server = new ForwardingClassServer();
        byte[] bootJar = server.bootJar();
        byte[] classes = server.core();
        FirstStage stage = new FirstStage(ContextOptions.DEFAULTS, ANY_NONCE, bootJar, false);
        int script = stage.stdin().length - bootJar.length;
        Map<String, Integer> sizes = new LinkedHashMap<>();
        sizes.put(COMMAND, stage.command().length());
        sizes.put(SCRIPT, script);
        sizes.put(BOOT_JAR, bootJar.length);
        sizes.put(CLASSES, classes.length);
        sizes.put(CORE, script + bootJar.length + classes.length + GREETING);
        ON_DEMAND.keySet().stream().sorted().forEach(part -> {
            String root = ON_DEMAND.get(part);
            ClassServer.Need need = new ClassServer.Need(OwnClasses.LOADER, root, List.of(root), 0);
            List<byte[]> bodies = server.ahead(need, new ClassServer.Sent()).bodies();
            sizes.put(
                    "on demand: " + part,
                    bodies.stream().mapToInt(body -> body.length).sum());
        });
        return sizes;
    }

    /** What a part may take at most; 0 where that isn't limited. */
    public static int limit(String part) {
        return switch (part) {
            case COMMAND -> COMMAND_LIMIT;
            case CORE -> CORE_LIMIT;
            default -> 0;
        };
    }

    /** A table of them for people. */
    public static String table() {
        StringBuilder table = new StringBuilder();
        all().forEach((part, bytes) ->
                table.append("%-32s %6d%s%n".formatted(part, bytes, limit(part) == 0 ? "" : "  of " + limit(part))));
        return table.toString();
    }
}
