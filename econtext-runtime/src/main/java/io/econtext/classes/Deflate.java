package io.econtext.classes;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Compresses in the raw deflate format as tightly as can be had in seconds: a tenth less than the JDK does for the core.
 *
 * <p>Two things make it shorter: parts of different nature get blocks, and so codes, of their own where that pays, and
 * matches are chosen for the bits that they take in the end, which is approached in rounds. Stateless.
 */
final class Deflate {
    private static final int ROUNDS = 15;
    private static final int PIECE = 400;
    private static final int LITERAL_GUESS = 7;
    private static final int DISTANCE_GUESS = 5;
    private static final int UNKNOWN = 13;

    private final DeflateMatches matches;
    /** Where a block may begin, and the end. */
    private final int[] borders;
    /** The tokens between two borders. */
    private final int[][] tokens;

    private Deflate(List<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        IntStream.Builder places = IntStream.builder();
        for (byte[] part : parts) {
            int start = all.size();
            int pieces = Math.max(1, part.length / PIECE);
            for (int i = 0; i < pieces && (part.length > 0 || parts.size() == 1); i++) {
                places.add(start + (int) ((long) part.length * i / pieces));
            }
            all.writeBytes(part);
        }
        borders = places.add(all.size()).build().toArray();
        tokens = new int[borders.length - 1][];
        matches = new DeflateMatches(all.toByteArray());
        int[] literals = new int[DeflateCodes.LITERALS];
        int[] distances = new int[DeflateCodes.DISTANCES];
        Arrays.fill(literals, LITERAL_GUESS);
        Arrays.fill(distances, DISTANCE_GUESS);
        parse(0, tokens.length, literals, distances);
    }

    static byte[] of(byte[] bytes) {
        return of(List.of(bytes));
    }

    /** @param parts what is compressed, one after the other */
    static byte[] of(List<byte[]> parts) {
        return new Deflate(parts).compress();
    }

    private byte[] compress() {
        int[] starts = split();
        DeflateBlock.Bits out = new DeflateBlock.Bits();
        for (int i = 0; i + 1 < starts.length; i++) {
            best(starts[i], starts[i + 1]).write(out, i + 2 == starts.length);
        }
        return out.finish();
    }

    /** The borders at which blocks begin, and the last. */
    private int[] split() {
        int n = tokens.length;
        int[] bits = new int[n + 1];
        int[] from = new int[n + 1];
        for (int to = 1; to <= n; to++) {
            bits[to] = Integer.MAX_VALUE;
            for (int i = 0; i < to; i++) {
                int sum = bits[i] + block(i, to).bits();
                if (sum < bits[to]) {
                    bits[to] = sum;
                    from[to] = i;
                }
            }
        }
        List<Integer> starts = new ArrayList<>(List.of(n));
        for (int i = n; i > 0; i = from[i]) {
            starts.add(0, from[i]);
        }
        return starts.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Chooses matches by the lengths of codes that the choice before led to, and keeps the best. */
    private DeflateBlock best(int from, int to) {
        DeflateBlock best = block(from, to);
        int[][] bestTokens = Arrays.copyOfRange(tokens, from, to);
        DeflateBlock last = best;
        for (int i = 0; i < ROUNDS; i++) {
            parse(from, to, known(last.literals), known(last.distances));
            last = block(from, to);
            if (last.bits() < best.bits()) {
                best = last;
                bestTokens = Arrays.copyOfRange(tokens, from, to);
            }
        }
        System.arraycopy(bestTokens, 0, tokens, from, to - from);
        return best;
    }

    private static int[] known(int[] lengths) {
        return Arrays.stream(lengths)
                .map(length -> length == 0 ? UNKNOWN : length)
                .toArray();
    }

    private void parse(int from, int to, int[] literals, int[] distances) {
        for (int i = from; i < to; i++) {
            tokens[i] = matches.tokens(borders[i], borders[i + 1], literals, distances);
        }
    }

    private DeflateBlock block(int from, int to) {
        return new DeflateBlock(
                Arrays.stream(tokens, from, to).flatMapToInt(Arrays::stream).toArray());
    }
}
