package io.econtext.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class LogsTest {
    private final Router router = new Router(7, new int[] {0}, new Witness());
    private final ScriptedLink up = ScriptedLink.toParent(router);
    private final Logs logs = new Logs(router, 800);

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
        assertThat(in.readUTF()).startsWith("java.io.IOException: full").contains("LogsTest.java");
        assertThat(in.available()).isZero();
    }

    @Test
    void whatARecordLacksIsEmpty() throws IOException {
        logs.accept(new LogRecord(Level.INFO, null));
        DataInputStream in = in(up.frame());
        in.skipBytes(17);
        assertThat(in.readUTF()).isEmpty();
        in.readUTF();
        assertThat(in.readUTF()).isEmpty();
        assertThat(in.readUTF()).isEmpty();
    }

    @Test
    void numbersTellHowManyLinesWereDroppedOnTheWay() {
        String line = "x".repeat(5000);
        for (int i = 0; i < 2000; i++) {
            logs.line(1, line);
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
        logs.line(2, "x".repeat(100_000));
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
        assertThat(up.frame().body).hasSizeBetween(60_000, Message.FRAGMENT);
    }

    @Test
    void levelsAreSetByName() {
        byte[] lines = Text.bytes("io.econtext.test.a=500\nio.econtext.test.b=900\nio.econtext.test.c=");
        router.register(Handles.LOG_LEVEL, logs.new Level());
        up.feed(new Frame(0, 7, Handles.LOG_LEVEL).body(lines));
        assertThat(Logger.getLogger("io.econtext.test.a").getLevel()).isEqualTo(Level.FINE);
        assertThat(Logger.getLogger("io.econtext.test.b").getLevel()).isEqualTo(Level.WARNING);
        assertThat(Logger.getLogger("io.econtext.test.c").getLevel()).isNull();
    }

    private static DataInputStream in(Message m) {
        return new DataInputStream(new ByteArrayInputStream(m.body));
    }
}
