package io.econtext.classes;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The repetitions in some bytes, and the cheapest way to tell a part of them by these. For one thread. */
final class DeflateMatches {
    private static final int WINDOW = 32768;
    private static final int CANDIDATES = 100;

    private final byte[] bytes;
    /** For each place the matches there as tokens, the nearest first, each longer than those before. */
    private final int[][] matches;

    DeflateMatches(byte[] bytes) {
        this.bytes = bytes;
        matches = new int[bytes.length][];
        Map<Integer, Integer> last = new HashMap<>();
        int[] previous = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            matches[i] = new int[0];
            if (i + 3 <= bytes.length) {
                int key = bytes[i] & 255 | (bytes[i + 1] & 255) << 8 | (bytes[i + 2] & 255) << 16;
                Integer before = last.put(key, i);
                previous[i] = before == null ? -1 : before;
                matches[i] = find(i, previous);
            }
        }
    }

    private int[] find(int at, int[] previous) {
        int[] found = new int[CANDIDATES];
        int n = 0;
        for (int from = previous[at]; from >= 0 && at - from <= WINDOW && n < CANDIDATES; from = previous[from]) {
            int length = 3;
            while (length < DeflateCodes.LONGEST_MATCH
                    && at + length < bytes.length
                    && bytes[from + length] == bytes[at + length]) {
                length++;
            }
            found[n++] = at - from << 9 | length;
        }
        return Arrays.copyOf(found, n);
    }

    /** The tokens for a part that are the fewest bits, if codes have such lengths. */
    int[] tokens(int from, int to, int[] literals, int[] distances) {
        int n = to - from;
        int[] cost = new int[n + 1];
        int[] token = new int[n + 1];
        Arrays.fill(cost, Integer.MAX_VALUE);
        cost[0] = 0;
        for (int i = 0; i < n; i++) {
            int literal = bytes[from + i] & 255;
            if (cost[i] + literals[literal] < cost[i + 1]) {
                cost[i + 1] = cost[i] + literals[literal];
                token[i + 1] = literal;
            }
            int[] cheapest = new int[Math.min(DeflateCodes.LONGEST_MATCH, n - i) + 1];
            for (int match : matches[from + i]) {
                int distance = match >> 9;
                int price = cost[i]
                        + distances[DeflateCodes.distanceSymbol(distance)]
                        + DeflateCodes.distanceBits(distance);
                int longest = Math.min(match & 511, n - i);
                for (int length = longest; length >= 3; length--) {
                    if (cheapest[length] != 0 && cheapest[length] <= price) {
                        break;
                    }
                    cheapest[length] = price;
                    int sum = price + literals[DeflateCodes.lengthSymbol(length)] + DeflateCodes.lengthBits(length);
                    if (sum < cost[i + length]) {
                        cost[i + length] = sum;
                        token[i + length] = distance << 9 | length;
                    }
                }
            }
        }
        int[] tokens = new int[n];
        int first = n;
        for (int i = n; i > 0; i -= token[i] < 512 ? 1 : token[i] & 511) {
            tokens[--first] = token[i];
        }
        return Arrays.copyOfRange(tokens, first, n);
    }
}
