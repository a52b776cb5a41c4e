package io.econtext.classes;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;

/** Writes a jar with nothing in it that isn't needed. Stateless. */
final class BootJar {
    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int LOCAL_SIZE = 30;
    private static final int CENTRAL_SIZE = 46;
    private static final int END_SIZE = 22;
    private static final short VERSION = 20;
    private static final short DEFLATED = 8;
    private static final int MIDNIGHT_IN_1980 = 0x00210000;

    private BootJar() {}

    /** @param classes class files by their binary names */
    static byte[] of(Map<String, byte[]> classes) {
        ByteBuffer jar = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer central = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        classes.forEach((name, bytes) -> {
            byte[] path = (name.replace('.', '/') + ".class").getBytes(StandardCharsets.US_ASCII);
            byte[] deflated = Deflate.of(bytes);
            int start = jar.position();
            jar.putInt(LOCAL);
            describe(jar, bytes, deflated.length, path.length);
            jar.put(path).put(deflated);
            central.putInt(CENTRAL).putShort(VERSION);
            describe(central, bytes, deflated.length, path.length);
            central.position(central.position() + CENTRAL_SIZE - LOCAL_SIZE - 6);
            central.putInt(start).put(path);
        });
        int start = jar.position();
        int size = central.position();
        jar.put(central.flip());
        jar.putInt(END).putInt(0).putShort((short) classes.size()).putShort((short) classes.size());
        jar.putInt(size).putInt(start).putShort((short) 0);
        byte[] whole = new byte[start + size + END_SIZE];
        jar.flip().get(whole);
        return whole;
    }

    private static void describe(ByteBuffer out, byte[] bytes, int deflated, int path) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        out.putShort(VERSION).putShort((short) 0).putShort(DEFLATED).putInt(MIDNIGHT_IN_1980);
        out.putInt((int) crc.getValue()).putInt(deflated).putInt(bytes.length);
        out.putShort((short) path).putShort((short) 0);
    }
}
