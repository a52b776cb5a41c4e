package io.econtext.tests.hostile;

import static io.econtext.tests.hostile.HeaderLies.FORGED;
import static io.econtext.tests.hostile.ToldLie.ignored;
import static io.econtext.tests.hostile.ToldLie.losesLink;
import static io.econtext.tests.hostile.ToldLie.refused;

import io.econtext.core.Handles;
import io.econtext.core.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Lies in what goes to the well-known handles of the controller and of the parent. Stateless. */
final class BodyLies {
    /** What no child may have, by its names for a class and for a resource. */
    private static final List<String> NOT_ITS_BUSINESS = List.of(
            "io.econtext.broker.Broker",
            "java.lang.Object",
            "application.yml",
            "application.properties",
            "logback-test.xml",
            "META-INF/MANIFEST.MF",
            "../../../../etc/passwd",
            "/etc/passwd",
            "file:/etc/passwd",
            "C:\\Windows\\win.ini",
            "id_ed25519",
            "server.key",
            "",
            ".",
            "a\0b",
            "\u202e\n\r\u001b[2J",
            Body.LONGEST);

    /** More contexts than one may have started at a time. */
    private static final int MANY = 200;

    private BodyLies() {}

    static List<ToldLie> all() {
        List<ToldLie> lies = new ArrayList<>();
        lies.add(refused("says hello again", HostileChild::hello));
        logs(lies);
        classes(lies);
        stuck(lies);
        children(lies);
        goodbye(lies);
        withdrawals(lies);
        reports(lies);
        leases(lies);
        lies.add(ignored(
                "says a lot where nothing is to be said",
                child -> child.send(child.toParent(Handles.NOTHING).body(new byte[Message.FRAGMENT]))));
        return lies;
    }

    private static void logs(List<ToldLie> lies) {
        byte[] line = Body.log(1, 0, "a", FORGED);
        for (int length : new int[] {0, 3, 4, 5, 12, 17, 18, line.length - 1}) {
            lies.add(refused(
                    "logs " + length + " bytes of a line",
                    child -> child.send(child.toController(Handles.LOG).body(Body.cut(line, length)))));
        }
        lies.add(refused(
                "logs in no UTF-8",
                child -> child.send(child.toController(Handles.LOG).body(Body.of(out -> {
                    out.write(Body.cut(line, 17));
                    out.writeInt(0x0002C0FF);
                })))));
        lies.add(ignored("logs what never was, when it can't have been", child -> {
            for (int number : new int[] {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1}) {
                for (int kind : new int[] {0, 3, 7, 128, 255}) {
                    for (long millis : new long[] {Long.MIN_VALUE, -1, Long.MAX_VALUE}) {
                        child.send(child.toController(Handles.LOG)
                                .body(Body.log(number, kind, millis, "time", "line", "at somewhere")));
                    }
                }
            }
        }));
        lies.add(ignored("logs to loggers without end", child -> {
            for (int logger = 0; logger < 10_000; logger++) {
                child.send(child.toController(Handles.LOG)
                        .body(Body.log(logger, 0, logger + ".a.b.c.d.e.f.g.h".repeat(10), "line")));
            }
        }));
        lies.add(refused(
                "logs a line longer than a fragment",
                child -> child.send(child.toController(Handles.LOG).body(Body.log(1, 0, Body.LONGEST, "line")))));
        lies.add(ignored("logs to loggers of others", child -> {
            for (String logger : new String[] {"", ".", "..", "ROOT", "../honest.logger", " ", "x".repeat(60_000)}) {
                child.send(child.toController(Handles.LOG).body(Body.log(1, 0, logger, "line")));
            }
        }));
        lies.add(ignored(
                "logs what drives terminals",
                child -> child.send(child.toController(Handles.LOG)
                        .body(Body.log(
                                1,
                                0,
                                0,
                                "l\u001b[2J",
                                "m\u001b]0;owned\u0007\r\n\u009b",
                                "t\u001b[31m\n\tat x\u0007")))));
    }

    private static void classes(List<ToldLie> lies) {
        for (int length : new int[] {0, 3, 6, 7, 8}) {
            lies.add(losesLink(
                    "asks with " + length + " bytes",
                    child -> child.ask(
                            child.toParent(Handles.CLASS).body(Body.cut(Body.request(0, 17, 0, "a.B"), length)))));
        }
        lies.add(losesLink(
                "asks with a mebibyte",
                child -> child.send(child.toParent(Handles.CLASS).body(new byte[1 << 20]))));
        for (int kind : new int[] {0, 1}) {
            for (String name : NOT_ITS_BUSINESS) {
                lies.add(ignored(
                        "asks for " + (kind == 0 ? "class " : "resource ") + shown(name),
                        child -> nothing(child, loader -> Body.request(loader, 17, kind, name))));
            }
        }
        lies.add(ignored("asks for names that it makes up", child -> {
            for (int i = 0; i < 5_000; i++) {
                int kind = i % 2;
                String name = "com.acme" + i / 10 + (kind == 0 ? ".Absent" : "/absent") + i;
                HostileChild.Answer answer =
                        child.ask(child.toParent(Handles.CLASS).body(Body.request(1, 17, kind, name)));
                Answered.withoutBytes(answer);
                if (answer.body().length > 200) {
                    throw new IOException("was told " + answer.body().length + " bytes");
                }
            }
        }));
        lies.add(ignored("asks as a Java that isn't", child -> {
            for (int feature : new int[] {0, 1, 65_535}) {
                nothing(child, loader -> Body.request(loader, feature, 0, "com.acme.Absent"));
            }
        }));
        lies.add(ignored(
                "asks and wants no answer",
                child -> child.send(child.toParent(Handles.CLASS).body(Body.request(1, 17, 0, "com.acme.Absent")))));
    }

    /** From every loader that there may be. */
    private static void nothing(HostileChild child, IntFunction<byte[]> request) throws IOException {
        for (int loader : new int[] {0, 1, 2, 1000, -1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            Answered.withoutBytes(child.ask(child.toParent(Handles.CLASS).body(request.apply(loader))));
        }
    }

    private static String shown(String name) {
        return "'" + name.substring(0, Math.min(20, name.length())).replaceAll("\\p{Cntrl}", "?") + "'";
    }

    private static void stuck(List<ToldLie> lies) {
        for (int length : new int[] {0, 3}) {
            lies.add(losesLink(
                    "reports " + length + " bytes as stuck",
                    child -> child.send(child.toController(Handles.STUCK).body(new byte[length]))));
        }
        lies.add(refused("reports calls as stuck that aren't there", child -> {
            for (int call : new int[] {-1, 0, 1_000_000_000, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
                child.send(child.toController(Handles.STUCK).body(Body.stuck(call, FORGED)));
            }
        }));
    }

    private static void children(List<ToldLie> lies) {
        byte[] child = Body.child("child", "local:");
        for (int length : new int[] {0, 1, 2, child.length - 1}) {
            lies.add(losesLink(
                    "wants a child by " + length + " bytes",
                    to -> to.send(to.toController(Handles.LEASE).body(Body.cut(child, length)))));
        }
        lies.add(ignored("wants children without end", to -> {
            HostileChild.Answer last = null;
            for (int i = 0; i < 100; i++) {
                last = to.ask(to.toController(Handles.LEASE).body(Body.child("child" + i, "local:")));
            }
            Answered.refused(last);
        }));
        lies.add(ignored("wants children that can't be named", to -> {
            for (String name : new String[] {"", Body.LONGEST}) {
                Answered.refused(to.ask(to.toController(Handles.LEASE).body(Body.child(name, FORGED))));
            }
            to.send(to.toController(Handles.LEASE).body(Body.child("\u001b[2J\r\n/../honest", "\u009b")));
        }));
    }

    private static void goodbye(List<ToldLie> lies) {
        lies.add(ignored("says goodbye and stays", child -> {
            child.send(child.toParent(Handles.GOODBYE).body(new byte[0]));
            child.send(child.toParent(Handles.GOODBYE).body(new byte[Message.FRAGMENT]));
            child.send(child.toParent(Handles.GOODBYE).body("\u001b[2J\u0000gone\n".getBytes()));
        }));
    }

    private static void withdrawals(List<ToldLie> lies) {
        HeaderLies.others()
                .forEach((whose, id) -> lies.add(refused(
                        "withdraws " + whose,
                        child -> child.send(child.toController(Handles.GONE)
                                .body(Body.ints(1, id.applyAsInt(child), id.applyAsInt(child)))))));
        lies.add(refused(
                "withdraws everyone",
                child -> child.send(
                        child.toController(Handles.GONE).body(Body.ints(1, Integer.MIN_VALUE, Integer.MAX_VALUE)))));
        lies.add(refused(
                "withdraws itself and a sibling",
                child -> child.send(child.toController(Handles.GONE)
                        .body(Body.ints(2, child.id(), child.id(), HeaderLies.SIBLING, HeaderLies.SIBLING)))));
        for (int number : new int[] {-1, 2, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 30}) {
            lies.add(refused(
                    "withdraws " + number + " blocks of which there is one",
                    child -> child.send(
                            child.toController(Handles.GONE).body(Body.ints(number, child.id() + 1, child.id() + 1)))));
        }
        lies.add(refused("withdraws more blocks than it has ids", child -> {
            byte[] body = new byte[Message.FRAGMENT];
            Message.putInt(body, 0, (body.length - 4) / 8);
            child.send(child.toController(Handles.GONE).body(body));
        }));
        lies.add(refused(
                "withdraws with nothing to say",
                child -> child.send(child.toController(Handles.GONE).body(new byte[3]))));
    }

    private static void reports(List<ToldLie> lies) {
        HeaderLies.others()
                .forEach((whose, id) -> lies.add(losesLink(
                        "blames " + whose,
                        child -> child.send(
                                child.toController(Handles.REFUSED).body(Body.ints(id.applyAsInt(child), 1, 0))))));
        for (int length : new int[] {0, 3, 4, 7}) {
            lies.add(losesLink(
                    "reports a refusal in " + length + " bytes",
                    child -> child.send(
                            child.toController(Handles.REFUSED).body(Body.cut(Body.ints(child.id(), 1), length)))));
        }
        lies.add(losesLink(
                "blames itself, for less than nothing",
                child -> child.send(child.toController(Handles.REFUSED)
                        .body(Body.ints(child.id(), Integer.MIN_VALUE, 0x1B5B324A)))));
    }

    private static void leases(List<ToldLie> lies) {
        byte[] request = lease("child");
        for (int length : new int[] {0, 1, 8, request.length - 1}) {
            lies.add(losesLink(
                    "wants an id in " + length + " bytes",
                    child -> child.ask(child.toController(Handles.LEASE).body(Body.cut(request, length)))));
        }
        for (String name : new String[] {"", Body.LONGEST}) {
            lies.add(ignored(
                    "wants an id for " + shown(name),
                    child -> Answered.withoutBytes(
                            child.ask(child.toController(Handles.LEASE).body(lease(name))))));
        }
        lies.add(ignored("wants more ids than there may be", child -> {
            for (int number = 0; number < MANY; number++) {
                HostileChild.Answer answer =
                        child.ask(child.toController(Handles.LEASE).body(lease("child" + number)));
                if (number >= MANY - 1) {
                    Answered.withoutBytes(answer);
                }
            }
        }));
    }

    private static byte[] lease(String name) {
        return Body.of(out -> {
            out.writeUTF(name);
            out.writeUTF("\u001b[2Jexec:");
            for (int i = 0; i < 4; i++) {
                out.writeInt(-1);
            }
        });
    }
}
