package io.econtext.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogsTest {
    private final Router router = new Router(7, new int[] {0}, new Witness());
    private final ScriptedLink up = ScriptedLink.toParent(router);
    private final Logs logs = new Logs(router, ".level=800");

    @Test
    void aRecordTravelsAsText() throws IOException {
        LogRecord logged = new LogRecord(Level.WARNING, "{0} of {1}");
        logged.setParameters(new Object[] {"ü", 2});
        logged.setLoggerName("com.acme.Disk");
        logged.setMillis(123456789L);
        logged.setThrown(new IOException("full"));
        logs.accept(logged);

        DataInputStream in = in(up.frame());
        assertThat(in.readInt()).isEqualTo(1);
        assertThat(in.readUnsignedByte()).isZero();
        assertThat(in.readLong()).isEqualTo(123456789L);
        assertThat(in.readInt()).isEqualTo(900);
        assertThat(in.readUTF()).isEqualTo("com.acme.Disk");
        assertThat(in.readUTF()).isEqualTo(Thread.currentThread().getName());
        assertThat(in.readUTF()).isEqualTo("ü of 2");
        assertThat(in.readBoolean()).isTrue();
        assertThat(in.readUnsignedByte()).as("names of types").isEqualTo(2);
        assertThat(in.readUTF()).isEqualTo("java.io.IOException");
    }

    @Test
    void whatARecordLacksIsEmpty() throws IOException {
        logs.accept(new LogRecord(Level.INFO, null));
        DataInputStream in = in(up.frame());
        in.skipBytes(17);
        assertThat(in.readUTF()).isEmpty();
        in.readUTF();
        assertThat(in.readUTF()).isEmpty();
        assertThat(in.readBoolean()).isFalse();
        assertThat(in.available()).isZero();
    }

    @Test
    void numbersTellHowManyLinesWereDroppedOnTheWay() {
        String line = "x".repeat(5000);
        for (int i = 0; i < 2000; i++) {
            logs.line(1, 0, "", line);
        }
        List<Integer> numbers = new ArrayList<>();
        for (Message m : up.frames()) {
            assertThat(m.handle).isEqualTo(Handles.LOG);
            numbers.add(Message.getInt(m.body, 0));
        }
        int first = numbers.get(0);
        assertThat(first).as("the oldest are dropped").isGreaterThan(1);
        for (int i = 0; i < numbers.size(); i++) {
            assertThat(numbers.get(i)).isEqualTo(first + i);
        }
        assertThat(first + numbers.size() - 1).isEqualTo(2000).isEqualTo(logs.last());
    }

    @Test
    void theLongestTextsAreCutAndMarked() throws IOException {
        logs.line(2, 0, "", "x".repeat(100_000));
        DataInputStream in = in(up.frame());
        in.skipBytes(17);
        in.readUTF();
        in.readUTF();
        assertThat(in.readUTF()).hasSize(16000).endsWith("x…");
    }

    @Test
    void theLongestRecordFitsOneFragment() {
        Thread thread = Thread.currentThread();
        String name = thread.getName();
        thread.setName("\u4e2d".repeat(30_000));
        try {
            LogRecord record = new LogRecord(Level.INFO, "\u4e2d".repeat(30_000));
            record.setLoggerName("\u4e2d".repeat(30_000));
            record.setThrown(new IOException("\u4e2d".repeat(30_000)));
            logs.accept(record);
        } finally {
            thread.setName(name);
        }
        assertThat(up.frame().body).hasSizeBetween(54_000, Message.FRAGMENT);
    }

    @Test
    void nothingOfAUsersRunsUnderTheLock() throws Exception {
        Throwable thrown = new IOException() {
            @Override
            public String getMessage() {
                Thread other = new Thread(() -> logs.line(1, 0, "", "meanwhile"));
                other.start();
                try {
                    other.join(30_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return other.isAlive() ? "the other waits" : "the other went on";
            }
        };
        logs.send(0, 0, 900, "com.acme.Disk", null, "odd", thrown);
        List<Message> sent = up.frames();
        assertThat(Text.string(sent.get(0).body)).contains("meanwhile");
        assertThat(Text.string(sent.get(1).body)).contains("the other went on");
        assertThat(Message.getInt(sent.get(1).body, 0)).isEqualTo(2);
    }

    @Test
    void levelsAreReplacedByAnAncestorsWord() {
        router.register(Handles.LOG_LEVEL, logs);
        up.feed(new Frame(0, 7, Handles.LOG_LEVEL).body(Text.bytes(".level=900\ncom.acme.level=500")));
        assertThat(logs.levels).isEqualTo(".level=900\ncom.acme.level=500");
        up.feed(new Frame(9, 7, Handles.LOG_LEVEL).body(Text.bytes(".level=1000")));
        assertThat(logs.levels).startsWith(".level=900");
    }

    private static DataInputStream in(Message m) {
        return new DataInputStream(new ByteArrayInputStream(m.body));
    }
}
