package io.econtext.spring.shell;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Where the bytes go that a program printed: untouched to the standard streams of a one-shot command, as text to a
 * terminal.
 *
 * <p>Used by one thread.
 */
interface Output {

    /** Writes a piece; pieces of one stream may end within a character. */
    void write(byte[] bytes, boolean toErr);

    /** The output behind a command's writer. */
    static Output of(PrintWriter writer) {
        return writer instanceof StandardOutput standard ? standard : new Terminal(writer);
    }

    /** The writer of a one-shot command. */
    final class StandardOutput extends PrintWriter implements Output {
        private final PrintStream out;
        private final PrintStream err;

        StandardOutput(PrintStream out, PrintStream err) {
            super(out, false, charset());
            this.out = out;
            this.err = err;
        }

        /** Where the login says nothing of its encoding, it is hardly one without umlauts. */
        private static Charset charset() {
            Charset usual = Charset.defaultCharset();
            return usual.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : usual;
        }

        @Override
        public void write(byte[] bytes, boolean toErr) {
            flush();
            PrintStream to = toErr ? err : out;
            to.write(bytes, 0, bytes.length);
            to.flush();
        }
    }

    /** A terminal, which shows both streams as text. */
    final class Terminal implements Output {
        private final PrintWriter writer;
        private final Decoder out = new Decoder();
        private final Decoder err = new Decoder();

        Terminal(PrintWriter writer) {
            this.writer = writer;
        }

        @Override
        public void write(byte[] bytes, boolean toErr) {
            writer.print((toErr ? err : out).decode(bytes));
            writer.flush();
        }
    }

    /** Decodes UTF-8 that comes in pieces. */
    final class Decoder {
        private final CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        private byte[] rest = {};

        String decode(byte[] bytes) {
            ByteBuffer in = ByteBuffer.allocate(rest.length + bytes.length);
            in.put(rest).put(bytes).flip();
            CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
            decoder.decode(in, out, false);
            rest = new byte[in.remaining()];
            in.get(rest);
            return out.flip().toString();
        }
    }
}
