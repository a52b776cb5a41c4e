package io.econtext.classes;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * One block of the deflate format, with codes of its own: how long it gets, and how it is written. Immutable.
 *
 * <p>A token is a literal, or a match as {@code distance << 9 | length}; the latter is never below 512.
 */
final class DeflateBlock {
    private static final int[] ORDER = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    private static final int LONGEST_CODE_OF_CODES = 7;
    private static final int COPY = 16;
    private static final int SHORT_ZEROS = 17;
    private static final int LONG_ZEROS = 18;

    final int[] literals;
    final int[] distances;
    private final int[] tokens;
    private final Header header;

    /** @param tokens literals and matches */
    DeflateBlock(int[] tokens) {
        this.tokens = tokens;
        int[] literalCounts = new int[DeflateCodes.LITERALS];
        int[] distanceCounts = new int[DeflateCodes.DISTANCES];
        literalCounts[DeflateCodes.END] = 1;
        for (int token : tokens) {
            if (token < 512) {
                literalCounts[token]++;
            } else {
                literalCounts[DeflateCodes.lengthSymbol(token & 511)]++;
                distanceCounts[DeflateCodes.distanceSymbol(token >> 9)]++;
            }
        }
        literals = DeflateCodes.lengths(literalCounts, DeflateCodes.LONGEST_CODE);
        distances = DeflateCodes.lengths(distanceCounts, DeflateCodes.LONGEST_CODE);
        Header shortest = null;
        for (int runs = 0; runs < 8; runs++) {
            Header next = new Header(literals, distances, runs);
            shortest = shortest == null || next.bits < shortest.bits ? next : shortest;
        }
        header = shortest;
    }

    int bits() {
        int bits = header.bits + literals[DeflateCodes.END];
        for (int token : tokens) {
            if (token < 512) {
                bits += literals[token];
            } else {
                int length = token & 511;
                int distance = token >> 9;
                bits += literals[DeflateCodes.lengthSymbol(length)]
                        + DeflateCodes.lengthBits(length)
                        + distances[DeflateCodes.distanceSymbol(distance)]
                        + DeflateCodes.distanceBits(distance);
            }
        }
        return bits;
    }

    void write(Bits out, boolean last) {
        header.write(out, last);
        int[] literalCodes = DeflateCodes.codes(literals);
        int[] distanceCodes = DeflateCodes.codes(distances);
        for (int token : tokens) {
            if (token < 512) {
                out.write(literalCodes[token], literals[token]);
                continue;
            }
            int length = token & 511;
            int symbol = DeflateCodes.lengthSymbol(length);
            out.write(literalCodes[symbol], literals[symbol]);
            int extra = DeflateCodes.lengthBits(length);
            out.write(length - 3 & (1 << extra) - 1, extra);
            int distance = token >> 9;
            symbol = DeflateCodes.distanceSymbol(distance);
            out.write(distanceCodes[symbol], distances[symbol]);
            extra = DeflateCodes.distanceBits(distance);
            out.write(distance - 1 & (1 << extra) - 1, extra);
        }
        out.write(literalCodes[DeflateCodes.END], literals[DeflateCodes.END]);
    }

    /** Collects bits, the first lowest in its byte. For one thread. */
    static final class Bits {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private long held;
        private int count;

        void write(int value, int bits) {
            held |= (long) value << count;
            count += bits;
            while (count >= 8) {
                bytes.write((int) held);
                held >>>= 8;
                count -= 8;
            }
        }

        byte[] finish() {
            write(0, 7);
            return bytes.toByteArray();
        }
    }

    /** The description of a block's codes; the lengths of codes are coded themselves, runs of them as one. */
    private static final class Header {
        final int bits;
        private final int literals;
        private final int distances;
        private final int codes;
        private final int[] lengths;
        /** Each a symbol, the value of its extra bits above eight bits, and their number above sixteen. */
        private final List<Integer> symbols = new ArrayList<>();

        /** @param runs which kinds of runs are used: 1 copies, 2 few zeros, 4 many zeros */
        Header(int[] literalLengths, int[] distanceLengths, int runs) {
            literals = used(literalLengths, 257);
            distances = used(distanceLengths, 1);
            int[] all = new int[literals + distances];
            System.arraycopy(literalLengths, 0, all, 0, literals);
            System.arraycopy(distanceLengths, 0, all, literals, distances);
            for (int i = 0; i < all.length; ) {
                int run = 1;
                while (i + run < all.length && all[i + run] == all[i]) {
                    run++;
                }
                i += run;
                add(all[i - 1], run, runs);
            }
            int[] counts = new int[ORDER.length];
            symbols.forEach(symbol -> counts[symbol & 255]++);
            lengths = DeflateCodes.lengths(counts, LONGEST_CODE_OF_CODES);
            int n = ORDER.length;
            while (n > 4 && lengths[ORDER[n - 1]] == 0) {
                n--;
            }
            codes = n;
            int sum = 17 + 3 * n;
            for (int symbol : symbols) {
                sum += lengths[symbol & 255] + (symbol >> 16);
            }
            bits = sum;
        }

        private static int used(int[] lengths, int least) {
            int n = lengths.length;
            while (n > least && lengths[n - 1] == 0) {
                n--;
            }
            return n;
        }

        private void add(int length, int run, int runs) {
            if (length == 0) {
                while ((runs & 4) != 0 && run >= 11) {
                    int n = Math.min(run, 138);
                    symbols.add(LONG_ZEROS | n - 11 << 8 | 7 << 16);
                    run -= n;
                }
                while ((runs & 2) != 0 && run >= 3) {
                    int n = Math.min(run, 10);
                    symbols.add(SHORT_ZEROS | n - 3 << 8 | 3 << 16);
                    run -= n;
                }
            } else if ((runs & 1) != 0 && run > 3) {
                symbols.add(length);
                run--;
                while (run >= 3) {
                    int n = Math.min(run, 6);
                    symbols.add(COPY | n - 3 << 8 | 2 << 16);
                    run -= n;
                }
            }
            while (run-- > 0) {
                symbols.add(length);
            }
        }

        void write(Bits out, boolean last) {
            out.write(last ? 1 : 0, 1);
            out.write(2, 2);
            out.write(literals - 257, 5);
            out.write(distances - 1, 5);
            out.write(codes - 4, 4);
            for (int i = 0; i < codes; i++) {
                out.write(lengths[ORDER[i]], 3);
            }
            int[] words = DeflateCodes.codes(lengths);
            for (int symbol : symbols) {
                out.write(words[symbol & 255], lengths[symbol & 255]);
                out.write(symbol >> 8 & 255, symbol >> 16);
            }
        }
    }
}
