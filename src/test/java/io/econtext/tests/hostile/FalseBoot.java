package io.econtext.tests.hostile;

import io.econtext.ConnectFailedException;
import io.econtext.core.Handles;
import io.econtext.core.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a child says instead of a preamble and hello.
 *
 * @param failure what comes of it
 */
record FalseBoot(String name, Class<? extends ConnectFailedException> failure, Script script) implements Lie {

    interface Script {
        void boot(HostileChild child) throws IOException;
    }

    @Override
    public void boot(HostileChild child) throws IOException {
        script.boot(child);
    }

    @Override
    public String toString() {
        return name;
    }

    static List<FalseBoot> all() {
        List<FalseBoot> lies = new ArrayList<>(texts());
        lies.addAll(frames());
        byte[] hello = Body.hello(Message.VERSION);
        for (int length : new int[] {0, 1, 2, 9, 10, 11, hello.length - 1}) {
            lies.add(new FalseBoot("says " + length + " bytes of hello", ConnectFailedException.Died.class, child -> {
                child.up();
                child.send(child.toController(Handles.HELLO).body(Body.cut(hello, length)));
            }));
        }
        return lies;
    }

    private static List<FalseBoot> texts() {
        return List.of(
                new FalseBoot("says nothing", ConnectFailedException.TimedOut.class, child -> {}),
                new FalseBoot("is up and says nothing", ConnectFailedException.TimedOut.class, HostileChild::up),
                new FalseBoot("goes at once", ConnectFailedException.Died.class, HostileChild::end),
                new FalseBoot("prints without end", ConnectFailedException.Noise.class, child -> {
                    for (int i = 0; i < 1000; i++) {
                        child.print("\u001b[2Jlogin: \0\r\n".repeat(100));
                    }
                }),
                new FalseBoot("prints a line without end", ConnectFailedException.Noise.class, child -> {
                    for (int i = 0; i < 1000; i++) {
                        child.print("econtext-".repeat(100));
                    }
                }),
                new FalseBoot("answers another question", ConnectFailedException.TimedOut.class, child -> {
                    child.print("econtext-" + (Integer.parseInt(child.answer()) + 1) + " up 17\n");
                    child.print("econtext- up 17\neco\0ntext-" + child.answer() + "up 17\n");
                    child.hello();
                }),
                new FalseBoot(
                        "is up in no version",
                        ConnectFailedException.TimedOut.class,
                        child -> child.print("econtext-" + child.answer() + " up 99999999999999999999\n")),
                new FalseBoot(
                        "gives up with noise",
                        ConnectFailedException.Died.class,
                        child -> child.print("econtext-" + child.answer() + " fail \u001b[2J \u0000%s%n$(reboot)\n")));
    }

    private static List<FalseBoot> frames() {
        return List.of(
                new FalseBoot("speaks another version in hello", ConnectFailedException.Incompatible.class, child -> {
                    child.up();
                    child.send(child.toController(Handles.HELLO).body(Body.hello(Message.VERSION + 1)));
                }),
                new FalseBoot("speaks another version in frames", ConnectFailedException.Died.class, child -> {
                    child.up();
                    child.send(child.toController(Handles.HELLO).version(2).body(Body.hello(2)));
                }),
                new FalseBoot("goes on in plain text", ConnectFailedException.Died.class, child -> {
                    child.up();
                    child.print("Exception in thread \"main\" java.lang.OutOfMemoryError: Java heap space\n");
                }),
                new FalseBoot("says hello for its parent", ConnectFailedException.TimedOut.class, child -> {
                    child.up();
                    child.send(child.toController(Handles.HELLO)
                            .source(child.parent())
                            .body(Body.hello(Message.VERSION)));
                }),
                new FalseBoot("says hello for the next to come", ConnectFailedException.TimedOut.class, child -> {
                    child.up();
                    child.send(child.toController(Handles.HELLO)
                            .source(child.id() + 1)
                            .authority(child.id() + 1)
                            .body(Body.hello(Message.VERSION)));
                }),
                new FalseBoot("says hello in no UTF-8", ConnectFailedException.Died.class, child -> {
                    child.up();
                    child.send(child.toController(Handles.HELLO).body(Body.of(out -> {
                        out.writeShort(Message.VERSION);
                        out.writeLong(0);
                        out.writeInt(0x0002C0FF);
                    })));
                }),
                new FalseBoot("says goodbye for hello", ConnectFailedException.Died.class, child -> {
                    child.up();
                    child.send(child.toParent(Handles.GOODBYE).body("\u001b[2Jbye".getBytes()));
                    child.end();
                }));
    }
}
