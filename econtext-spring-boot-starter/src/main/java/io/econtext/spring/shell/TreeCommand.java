package io.econtext.spring.shell;

import io.econtext.ConnectFailedException;
import io.econtext.ContextInfo;
import io.econtext.RemoteContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.ExitStatus;

/** Shows which context started which. */
final class TreeCommand extends ContextCommand {
    /** This program, as its own line. */
    private static final String ROOT = "controller";

    private final Branches branches;

    TreeCommand(Places places) {
        this(places, Branches.ofThisTerminal());
    }

    TreeCommand(Places places, Branches branches) {
        super(
                places,
                "context tree",
                "[NAME…] [--json]",
                "Show the contexts below those that start them; what is named is connected first",
                JSON);
        this.branches = branches;
    }

    @Override
    ExitStatus run(Invocation invocation) {
        List<String> failures = new ArrayList<>();
        for (String word : invocation.arguments()) {
            try {
                places.connect(word, invocation.reader());
            } catch (ConnectFailedException e) {
                failures.add(word + ": " + e.getMessage());
            }
        }
        show(invocation);
        return failures.isEmpty() ? ExitStatus.OK : new ExitStatus(ShellExitCode.FAILED, String.join("\n", failures));
    }

    private void show(Invocation invocation) {
        List<RemoteContext> all = places.all();
        if (invocation.isSet("json")) {
            invocation.out().println(Json.of(fields(all, null)));
            return;
        }
        Table table = new Table("NAME", "ID", "STATE", "ADDRESS", "JAVA", "USER", "PID");
        table.row(
                ROOT,
                "0",
                "",
                "",
                System.getProperty("java.version"),
                System.getProperty("user.name"),
                Long.toString(ProcessHandle.current().pid()));
        addChildren(table, all, null, "");
        table.print(invocation.out());
    }

    private void addChildren(Table table, List<RemoteContext> all, @Nullable RemoteContext parent, String indent) {
        List<RemoteContext> children = children(all, parent);
        for (int i = 0; i < children.size(); i++) {
            RemoteContext child = children.get(i);
            boolean last = i == children.size() - 1;
            ContextInfo info = child.info();
            table.row(
                    indent + (last ? branches.last() : branches.next()) + shortName(child, parent),
                    child.id() < 0 ? "" : Integer.toString(child.id()),
                    child.state().name(),
                    child.address(),
                    info == null ? "" : info.javaVersion(),
                    info == null ? "" : info.user(),
                    info == null ? "" : Long.toString(info.pid()));
            addChildren(table, all, child, indent + (last ? branches.nothing() : branches.past()));
        }
    }

    /** The parent's name stands above it. */
    private static String shortName(RemoteContext child, @Nullable RemoteContext parent) {
        String prefix = parent == null ? "" : parent.name() + "/";
        return child.name().startsWith(prefix) ? child.name().substring(prefix.length()) : child.name();
    }

    private static List<RemoteContext> children(List<RemoteContext> all, @Nullable RemoteContext parent) {
        String name = parent == null ? null : parent.name();
        return all.stream()
                .filter(context -> context.via() == null
                        ? name == null
                        : context.via().name().equals(name))
                .toList();
    }

    private static List<Map<String, @Nullable Object>> fields(List<RemoteContext> all, @Nullable RemoteContext parent) {
        List<Map<String, @Nullable Object>> nodes = new ArrayList<>();
        for (RemoteContext child : children(all, parent)) {
            Map<String, @Nullable Object> node = new LinkedHashMap<>(ListCommand.fields(child));
            node.put("children", fields(all, child));
            nodes.add(node);
        }
        return nodes;
    }
}
