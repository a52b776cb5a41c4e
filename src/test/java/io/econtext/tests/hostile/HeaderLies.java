package io.econtext.tests.hostile;

import static io.econtext.tests.hostile.ToldLie.dies;
import static io.econtext.tests.hostile.ToldLie.ignored;
import static io.econtext.tests.hostile.ToldLie.losesLink;
import static io.econtext.tests.hostile.ToldLie.refused;

import io.econtext.core.Handles;
import io.econtext.core.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** Lies in the fields of a frame, one for each field and each kind of value that it may not have. Stateless. */
final class HeaderLies {
    /** What must be seen nowhere. */
    static final String FORGED = "forged";

    /** The context that was started first, and is honest. */
    static final int SIBLING = 1;

    /** Handles that work downwards only, and those that are for parents. */
    private static final int[] DOWN = {Handles.CALL, Handles.CANCEL, Handles.PUSH, Handles.LOG_LEVEL, Handles.SHUTDOWN};

    /** How many handles a liar tries: more than a test has. */
    private static final int GUESSES = 3000;

    /** A handle that no test comes to. */
    private static final int NOBODYS = 1_000_000_000;

    private HeaderLies() {}

    static List<ToldLie> all() {
        List<ToldLie> lies = new ArrayList<>();
        others().forEach((whose, id) -> claims(lies, whose, id));
        for (int handle : DOWN) {
            lies.add(refused(
                    "uses handle " + handle + ", which goes down, upwards",
                    child -> child.send(child.toController(handle).body(new byte[64]))));
        }
        for (int handle = Handles.NOTHING; handle <= Handles.REFUSED; handle++) {
            int number = handle;
            lies.add(refused(
                    "uses handle " + handle + " of a sibling",
                    child -> child.send(child.to(SIBLING, number).body(new byte[64]))));
        }
        destinations(lies);
        frames(lies);
        fragments(lies);
        return lies;
    }

    /** Ids that no child may claim, by whose they are. */
    static Map<String, ToIntFunction<HostileChild>> others() {
        Map<String, ToIntFunction<HostileChild>> others = new LinkedHashMap<>();
        others.put("its parent", HostileChild::parent);
        others.put("a sibling", child -> SIBLING);
        others.put("a context that will be", child -> child.id() + 1);
        others.put("a context that nobody knows", child -> child.id() + 100_000);
        others.put("the last of all ids", child -> Integer.MAX_VALUE);
        others.put("a negative id", child -> -child.id());
        others.put("the first of all ids", child -> Integer.MIN_VALUE);
        return others;
    }

    private static void claims(List<ToldLie> lies, String whose, ToIntFunction<HostileChild> id) {
        lies.add(refused(
                "says that it is " + whose, child -> child.send(log(child).source(id.applyAsInt(child)))));
        lies.add(refused(
                "speaks on behalf of " + whose, child -> child.send(log(child).authority(id.applyAsInt(child)))));
        lies.add(refused(
                "says that it is " + whose + " and speaks for it",
                child -> child.send(log(child).source(id.applyAsInt(child)).authority(id.applyAsInt(child)))));
        lies.add(refused(
                "says to a sibling that it is " + whose,
                child -> child.send(child.to(SIBLING, Handles.SHUTDOWN)
                        .source(id.applyAsInt(child))
                        .authority(id.applyAsInt(child))
                        .body(new byte[4]))));
        lies.add(refused("answers for " + whose, child -> {
            for (int handle = HostileChild.REPLIES; handle < HostileChild.REPLIES + GUESSES; handle++) {
                child.send(child.toController(handle)
                        .source(id.applyAsInt(child))
                        .authority(id.applyAsInt(child))
                        .body(Body.reply(0, 0)));
            }
        }));
    }

    private static Frame log(HostileChild child) {
        return child.toController(Handles.LOG).body(Body.log(1, 0, FORGED, FORGED));
    }

    private static void destinations(List<ToldLie> lies) {
        lies.add(ignored("writes to itself", child -> {
            Answered.bounced(child.ask(child.to(child.id(), 2000)), "no such context");
        }));
        for (int offset : new int[] {1, 100_000, Integer.MIN_VALUE}) {
            lies.add(ignored("writes to nobody, " + offset, child -> {
                Answered.bounced(child.ask(child.to(child.id() + offset, 2000)), "no such context");
            }));
        }
        lies.add(ignored("uses a handle that nobody has", child -> {
            for (int handle : new int[] {0, 15, 1023, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
                Answered.bounced(child.ask(child.toController(handle)), "no such handle");
            }
        }));
        lies.add(ignored("says of what it never got that it came back", child -> {
            for (int handle = NOBODYS; handle < NOBODYS + GUESSES; handle++) {
                child.send(child.toController(handle).flags(Message.LAST | Message.BOUNCED));
            }
        }));
        lies.add(refused("answers what a sibling was asked", child -> {
            for (int handle = HostileChild.REPLIES; handle < HostileChild.REPLIES + GUESSES; handle++) {
                if (handle != child.asked()) {
                    child.send(child.toController(handle).body(Body.reply(0, 0)));
                }
            }
        }));
        lies.add(refused("says of what a sibling was asked that it came back", child -> {
            for (int handle = HostileChild.REPLIES; handle < HostileChild.REPLIES + GUESSES; handle++) {
                if (handle != child.asked()) {
                    child.send(child.toController(handle)
                            .flags(Message.LAST | Message.BOUNCED)
                            .body("no such context".getBytes()));
                }
            }
        }));
        lies.add(ignored("answers what a sibling asked", child -> {
            for (int handle = HostileChild.REPLIES; handle < HostileChild.REPLIES + GUESSES; handle++) {
                child.send(child.to(SIBLING, handle).body(new byte[] {1}));
            }
        }));
    }

    private static void frames(List<ToldLie> lies) {
        for (int version : new int[] {0, 2, 255}) {
            lies.add(losesLink(
                    "speaks version " + version, child -> child.send(log(child).version(version))));
        }
        lies.add(losesLink("needs an extension", child -> child.send(log(child).extensions((byte) 128, (byte) 0))));
        lies.add(losesLink(
                "sends half an extension", child -> child.send(log(child).extensions((byte) 1))));
        lies.add(losesLink(
                "sends more extensions than may be",
                child -> child.send(log(child).extensions(new byte[1026]))));
        lies.add(losesLink(
                "sends an extension that ends behind all",
                child -> child.send(log(child).extensions((byte) 1, (byte) 255, (byte) 0))));
        for (int size : new int[] {Message.FRAGMENT + 1, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
            lies.add(losesLink(
                    "announces a payload of " + size,
                    child -> child.send(log(child).size(size).total(Integer.MAX_VALUE))));
        }
        for (int total : new int[] {1, 0, -1, Integer.MIN_VALUE}) {
            lies.add(losesLink(
                    "announces a total of " + total,
                    child -> child.send(log(child).total(total))));
        }
        lies.add(losesLink(
                "announces more than may be", child -> child.send(log(child).part(0, child.maxMessage() + 1, false))));
        for (int bytes : new int[] {Integer.MAX_VALUE, 1 << 20, -Integer.MAX_VALUE / 2, -1}) {
            lies.add(losesLink(
                    "acknowledges what was never sent, " + bytes,
                    child -> child.send(log(child).acknowledged(bytes))));
        }
        lies.add(losesLink(
                "sends noise",
                child -> child.write(
                        "Connection closed by foreign host.\r\n".repeat(4).getBytes())));
        lies.add(dies("dies in the middle of a header", child -> {
            child.write(Arrays.copyOf(child.bytes(log(child)), 20));
            child.end();
        }));
        lies.add(dies("dies in the middle of a payload", child -> {
            byte[] bytes = child.bytes(log(child));
            child.write(Arrays.copyOf(bytes, bytes.length - 1));
            child.end();
        }));
    }

    private static void fragments(List<ToldLie> lies) {
        int full = Message.FRAGMENT;
        lies.add(ignored(
                "sends the end of what never began",
                child -> child.send(log(child).part(3, 4 * full, true))));
        lies.add(losesLink(
                "sends a first fragment that says it is the last",
                child -> child.send(log(child).part(0, 4 * full, true))));
        lies.add(losesLink(
                "leaves a fragment out",
                child -> child.send(part(child, 7, 0, 3 * full, full), part(child, 7, 2, 3 * full, full))));
        lies.add(losesLink(
                "sends a fragment twice",
                child -> child.send(part(child, 7, 0, 3 * full, full), part(child, 7, 0, 3 * full, full))));
        lies.add(losesLink(
                "changes its mind about the total",
                child -> child.send(part(child, 7, 0, 3 * full, full), part(child, 7, 1, 4 * full, full))));
        lies.add(losesLink(
                "sends more than it announced",
                child -> child.send(part(child, 7, 0, full + 1, full), part(child, 7, 1, full + 1, full))));
        lies.add(losesLink(
                "sends a fragment with nothing in it",
                child -> child.send(part(child, 7, 0, 2 * full, full), part(child, 7, 1, 2 * full, 0))));
        lies.add(ignored("begins the longest of all messages for a handle that nobody has", child -> {
            Frame longest = child.toController(1023).part(0, child.maxMessage(), false);
            Answered.bounced(child.ask(longest.body(new byte[full])), "no such handle");
        }));
        lies.add(losesLink(
                "begins a longer line of the log than may be",
                child -> child.send(part(child, 7, 0, 4 * full + 1, full))));
        lies.add(ignored("begins many messages", child -> {
            for (int message = 0; message < 2000; message++) {
                child.send(child.toController(Handles.LOG).part(0, 2, false).body(new byte[1]));
            }
        }));
    }

    private static Frame part(HostileChild child, int id, int index, int total, int bytes) {
        return child.toController(Handles.LOG).id(id).part(index, total, false).body(new byte[bytes]);
    }
}
