package io.econtext.spring.shell;

import io.econtext.ContextInfo;
import io.econtext.RemoteContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.ExitStatus;

/** Shows all contexts and their states. */
final class ListCommand extends ContextCommand {

    ListCommand(Places places) {
        super(places, "context list", "[--json]", "List the contexts and their states", JSON);
    }

    @Override
    ExitStatus run(Invocation invocation) {
        invocation.noMoreThan(0);
        List<RemoteContext> all = places.all();
        if (invocation.isSet("json")) {
            invocation
                    .out()
                    .println(Json.of(all.stream().map(ListCommand::fields).toList()));
            return ExitStatus.OK;
        }
        Table table = new Table("NAME", "STATE", "ADDRESS", "VIA", "JAVA", "USER", "PID");
        for (RemoteContext context : all) {
            ContextInfo info = context.info();
            table.row(
                    context.name(),
                    context.state().name(),
                    context.address(),
                    context.via() == null ? "" : context.via().name(),
                    info == null ? "" : info.javaVersion(),
                    info == null ? "" : info.user(),
                    info == null ? "" : Long.toString(info.pid()));
        }
        table.print(invocation.out());
        return ExitStatus.OK;
    }

    /** What is shown of a context as JSON. */
    static Map<String, @Nullable Object> fields(RemoteContext context) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", context.name());
        fields.put("id", context.id() < 0 ? null : context.id());
        fields.put("via", context.via() == null ? null : context.via().name());
        fields.put("state", context.state().name());
        fields.put("address", context.address());
        ContextInfo info = context.info();
        fields.put("java", info == null ? null : info.javaVersion());
        fields.put("user", info == null ? null : info.user());
        fields.put("pid", info == null ? null : info.pid());
        return fields;
    }
}
