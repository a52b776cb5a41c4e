package io.econtext.classes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeflateTest {
    private static byte[] inflated(byte[] deflated) throws DataFormatException {
        Inflater inflater = new Inflater(true);
        inflater.setInput(deflated);
        byte[] room = new byte[1 << 20];
        int n = inflater.inflate(room);
        assertThat(inflater.finished()).isTrue();
        assertThat(inflater.getRemaining()).isZero();
        inflater.end();
        return java.util.Arrays.copyOf(room, n);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void theJdkInflatesWhatItMakes(long seed) throws DataFormatException {
        Random random = new Random(seed);
        List<byte[]> parts = new ArrayList<>();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < 8; i++) {
            byte[] part = new byte[random.nextInt(3000)];
            int letters = 1 + random.nextInt(i < 4 ? 5 : 256);
            for (int k = 0; k < part.length; k++) {
                part[k] = (byte) (k > 300 && random.nextInt(9) > 0 ? part[k - 300] : random.nextInt(letters));
            }
            parts.add(part);
            all.writeBytes(part);
        }

        assertThat(inflated(Deflate.of(parts))).isEqualTo(all.toByteArray());
    }

    @Test
    void nothingAndOneByteAndOneByteManyTimesAreNoSpecialCases() throws DataFormatException {
        for (byte[] bytes : List.of(new byte[0], new byte[1], new byte[70_000])) {
            assertThat(inflated(Deflate.of(bytes))).isEqualTo(bytes);
        }
    }

    @Test
    void itIsShorterThanTheJdksOwn() {
        byte[] bytes = OwnClasses.lean("io.econtext.core.Unpacker");
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(bytes);
        deflater.finish();
        int jdk = deflater.deflate(new byte[1 << 16]);
        deflater.end();

        assertThat(Deflate.of(bytes)).hasSizeLessThan(jdk);
    }
}
