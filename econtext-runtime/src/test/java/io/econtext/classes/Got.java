package io.econtext.classes;

import io.econtext.broker.ClassServer;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.InflaterInputStream;

/**
 * An answer as a target reads it. Immutable.
 *
 * @param entries bytes of classes and resources by loader number and name, as {@code 1/com.acme.App}
 * @param said of packages: what else came, by the same names
 */
record Got(int kind, String why, Map<String, byte[]> entries, Map<String, byte[]> said) {
    static final int FOUND = 0;
    static final int ABSENT = 1;
    static final int REFUSED = 2;
    static final int TOO_NEW = 3;
    static final int FOUND_FOR_VERSION = 4;

    static Got of(ClassServer.Answer answer) {
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(answer.body()));
            int kind = in.readUnsignedByte();
            String why = in.readUTF();
            Map<String, byte[]> entries = new LinkedHashMap<>();
            Map<String, byte[]> said = new LinkedHashMap<>();
            if (in.available() > 0) {
                read(in, entries, said);
            }
            return new Got(kind, why, entries, said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A piece of what goes ahead. */
    static Got ofPiece(byte[] body) {
        byte[] head = ClassServer.Answer.head(FOUND, "");
        byte[] answer = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, answer, head.length, body.length);
        return of(new ClassServer.Answer(answer, List.of()));
    }

    static Map<String, byte[]> entries(ClassServer.Ahead ahead) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (byte[] body : ahead.bodies()) {
            try {
                read(new ByteArrayInputStream(body), entries, new LinkedHashMap<>());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return entries;
    }

    private static void read(InputStream deflated, Map<String, byte[]> entries, Map<String, byte[]> said)
            throws IOException {
        DataInputStream in = new DataInputStream(new InflaterInputStream(deflated));
        for (int n = in.readInt(); n > 0; n--) {
            int loader = in.readInt();
            String name = in.readUTF();
            boolean thing = !name.isEmpty() && !name.endsWith("/") && !name.endsWith(".");
            (thing ? entries : said).put(loader + "/" + name, in.readNBytes(in.readInt()));
        }
    }
}
