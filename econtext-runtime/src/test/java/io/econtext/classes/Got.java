package io.econtext.classes;

import io.econtext.broker.ClassServer;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.InflaterInputStream;

/**
 * An answer as a target reads it. Immutable.
 *
 * @param entries bytes by loader number and name, as {@code 1/com.acme.App}
 */
record Got(int kind, String why, Map<String, byte[]> entries) {
    static final int FOUND = 0;
    static final int ABSENT = 1;
    static final int REFUSED = 2;
    static final int TOO_NEW = 3;

    static Got of(ClassServer.Answer answer) {
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(answer.body()));
            int kind = in.readUnsignedByte();
            return switch (kind) {
                case FOUND -> new Got(kind, "", entries(in));
                case ABSENT -> new Got(kind, "", Map.of());
                default -> new Got(kind, in.readUTF(), Map.of());
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, byte[]> entries(byte[] ahead) {
        try {
            return entries(new ByteArrayInputStream(ahead));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, byte[]> entries(InputStream deflated) throws IOException {
        DataInputStream in = new DataInputStream(new InflaterInputStream(deflated));
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (int n = in.readInt(); n > 0; n--) {
            int loader = in.readInt();
            String name = in.readUTF();
            entries.put(loader + "/" + name, in.readNBytes(in.readInt()));
        }
        return entries;
    }
}
