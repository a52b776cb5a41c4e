package io.econtext.classes;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.zip.Deflater;

/** Compresses in the raw deflate format, as tightly as the JDK's compressor can be made to. Stateless. */
final class Deflate {
    private Deflate() {}

    static byte[] of(byte[] bytes) {
        return of(List.of(bytes));
    }

    /**
     * Compresses parts of different nature, one after the other. Each block of deflate has codes of its own, at the
     * cost of describing them; so the parts are grouped into blocks as is shortest.
     */
    static byte[] of(List<byte[]> parts) {
        int n = parts.size();
        int[] shortest = new int[n + 1];
        int[] from = new int[n + 1];
        for (int to = 1; to <= n; to++) {
            shortest[to] = Integer.MAX_VALUE;
            for (int i = 0; i < to; i++) {
                int size = shortest[i] + size(parts, i, to);
                if (size < shortest[to]) {
                    shortest[to] = size;
                    from[to] = i;
                }
            }
        }
        boolean[] ends = new boolean[n + 1];
        for (int i = n; i > 0; i = from[i]) {
            ends[i] = true;
        }
        return deflate(parts, ends);
    }

    /** The size of one block, knowing what came before. */
    private static int size(List<byte[]> parts, int from, int to) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        byte[] room = new byte[1 << 17];
        deflater.setDictionary(join(parts, 0, from));
        deflater.setInput(join(parts, from, to));
        int size = deflater.deflate(room, 0, room.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return size;
    }

    private static byte[] deflate(List<byte[]> parts, boolean[] ends) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        byte[] room = new byte[1 << 17];
        int size = 0;
        int from = 0;
        for (int to = 1; to < ends.length; to++) {
            if (ends[to]) {
                deflater.setInput(join(parts, from, to));
                from = to;
                if (to < ends.length - 1) {
                    size += deflater.deflate(room, size, room.length - size, Deflater.SYNC_FLUSH);
                }
            }
        }
        deflater.finish();
        size += deflater.deflate(room, size, room.length - size);
        deflater.end();
        return java.util.Arrays.copyOf(room, size);
    }

    private static byte[] join(List<byte[]> parts, int from, int to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        parts.subList(from, to).forEach(out::writeBytes);
        return out.toByteArray();
    }
}
