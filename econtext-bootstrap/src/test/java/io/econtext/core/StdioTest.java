package io.econtext.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StdioTest {
    private static final long MILLIS = 1_000_000;

    private final Pipe out = new Pipe();
    private final Pipe err = new Pipe();
    private final Router router = new Router(7, new int[] {0}, new Witness());
    private final ScriptedLink up = ScriptedLink.toParent(router);
    private final Logs logs = new Logs(router, ".level=800");
    private final Stdio stdio = new Stdio(logs, out, err);
    private long now = 77;

    @Test
    void linesOfBothArriveApart() {
        out.print("one\ntwo\n");
        err.print("wrong\n");
        assertThat(lines()).containsExactly("1 one", "1 two", "2 wrong");
    }

    @Test
    void saysWhetherThereWasAny() {
        assertThat(stdio.drain(false, now)).isFalse();
        err.print("x");
        assertThat(stdio.drain(false, now)).isTrue();
        assertThat(stdio.drain(false, now)).isFalse();
    }

    @Test
    void aLineSplitOverReadsIsOne() {
        for (String part : new String[] {"a", "b", "", "c\nd", "\n"}) {
            out.print(part);
            stdio.drain(false, now);
        }
        assertThat(lines()).containsExactly("1 abc", "1 d");
    }

    @Test
    void aCharacterSplitOverReadsIsWhole() {
        for (byte b : Text.bytes("ü中😀\n")) {
            out.write(b);
            stdio.drain(false, now);
        }
        assertThat(lines()).containsExactly("1 ü中😀");
    }

    @Test
    void emptyLinesAreLines() {
        out.print("\n\nx\n");
        assertThat(lines()).containsExactly("1 ", "1 ", "1 x");
    }

    @Test
    void anUnfinishedLineComesWhenItIsOld() {
        out.print("half");
        stdio.drain(false, now);
        now += 199 * MILLIS;
        out.print(" more");
        assertThat(lines()).isEmpty();
        now += MILLIS;
        assertThat(lines()).containsExactly("1 half more");
        now += 1000 * MILLIS;
        assertThat(lines()).isEmpty();
    }

    @Test
    void anUnfinishedLineComesWhenACallEnds() {
        out.print("no line end");
        stdio.drain(true, now);
        assertThat(lines()).containsExactly("1 no line end");
    }

    @Test
    void aVeryLongLineComesInPartsThatSaySo() {
        out.print("x".repeat(20000) + "\n");
        List<String> lines = lines();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).isEqualTo("5 " + "x".repeat(8192));
        assertThat(lines.get(1)).isEqualTo("5 " + "x".repeat(8192));
        assertThat(lines.get(2)).isEqualTo("1 " + "x".repeat(20000 - 2 * 8192));
    }

    @Test
    void theLongestLineIsNotSplit() {
        out.print("x".repeat(8192) + "\n");
        assertThat(lines()).containsExactly("1 " + "x".repeat(8192));
    }

    @Test
    void aVeryLongLineIsSplitBetweenCharacters() {
        String text = "x" + "😀".repeat(5000) + "ü".repeat(10000) + "中".repeat(5000);
        out.print(text + "\n");
        StringBuilder joined = new StringBuilder();
        for (String line : lines()) {
            joined.append(line.substring(2));
        }
        assertThat(joined).hasToString(text);
    }

    @Test
    void noiseThatLooksLikeHalvesOfCharactersIsBoundedToo() {
        byte[] noise = new byte[100000];
        Arrays.fill(noise, (byte) 0x80);
        out.write(noise);
        assertThat(lines()).hasSizeGreaterThan(10).allMatch(line -> line.length() <= 8192 + 6);
    }

    @Test
    void linesAreNumberedWithoutGaps() {
        out.print("1\n2\n3\n");
        stdio.drain(false, now);
        List<Integer> numbers = new ArrayList<>();
        for (Message m : up.frames()) {
            numbers.add(Message.getInt(m.body, 0));
        }
        assertThat(numbers).containsExactly(1, 2, 3);
        assertThat(logs.last()).isEqualTo(3);
    }

    @Test
    void aPipeThatCanNotBeReadIsGivenUpAndTheOtherGoesOn() {
        out.broken = true;
        err.print("still here\n");
        assertThat(lines()).containsExactly("2 still here");
        assertThat(lines()).isEmpty();
    }

    @Test
    void withoutPipesThereIsNothingToRead() {
        assertThat(new Stdio(logs, null, null).drain(true, now)).isFalse();
    }

    /** The lines that come of a look now, with their kind. */
    private List<String> lines() {
        stdio.drain(false, now);
        List<String> lines = new ArrayList<>();
        for (Message m : up.frames()) {
            try {
                DataInputStream in = new DataInputStream(new ByteArrayInputStream(m.body));
                in.readInt();
                int kind = in.readUnsignedByte();
                in.readLong();
                in.readInt();
                in.readUTF();
                in.readUTF();
                lines.add(kind + " " + in.readUTF());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return lines;
    }

    /** What is written is read again, as from a pipe with both ends in one process. */
    private static final class Pipe extends InputStream {
        private final ArrayDeque<Byte> bytes = new ArrayDeque<>();
        boolean broken;

        void print(String text) {
            write(Text.bytes(text));
        }

        void write(byte... more) {
            for (byte b : more) {
                bytes.add(b);
            }
        }

        @Override
        public int available() throws IOException {
            if (broken) {
                throw new IOException("closed");
            }
            return bytes.size();
        }

        @Override
        public int read() {
            return bytes.isEmpty() ? -1 : bytes.poll() & 255;
        }
    }
}
