package io.econtext.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmileTest {
    @ParameterizedTest
    @ValueSource(longs = {0, -16, 15, -17, 16, 63, 64, Integer.MAX_VALUE, Integer.MIN_VALUE, 1L << 31, Long.MIN_VALUE})
    void integersOfAllLengthsComeBack(long number) {
        assertThat(again(number, long.class)).isEqualTo(number);
    }

    @Test
    void doublesComeBackToTheBit() {
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            double number = Double.longBitsToDouble(random.nextLong());
            assertThat(Double.doubleToRawLongBits((Double) again(number, double.class)))
                    .isEqualTo(Double.doubleToRawLongBits(number));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "ü", "中", "😀", "\0"})
    void textOfEveryLengthComesBack(String part) {
        for (int length = 0; length < 140; length++) {
            String text = part.repeat(length);
            assertThat(again(text, String.class)).isEqualTo(text);
        }
    }

    @Test
    void halfACharacterAtTheEndOfACutTextBecomesAQuestionMark() {
        assertThat(again("cut 😀".substring(0, 5), String.class)).isEqualTo("cut ?");
    }

    @Test
    void namesOfEveryLengthComeBack() {
        for (int length = 0; length < 140; length++) {
            for (String part : new String[] {"n", "ü", "中"}) {
                String name = part.repeat(length);
                SmileWriter out = new SmileWriter();
                out.open(SmileWriter.OBJECT);
                out.name(name);
                out.scalar(true);
                out.close(SmileWriter.OBJECT);
                SmileReader in = new SmileReader(out.toByteArray(), 0, out.size());
                assertThat(in.next()).isSameAs(SmileReader.OBJECT);
                assertThat(in.name()).isEqualTo(name);
                assertThat(in.next()).isEqualTo(true);
                assertThat(in.name()).isNull();
                in.end();
            }
        }
    }

    @Test
    void aDocumentMayLieAnywhereInAnArray() {
        byte[] document = Binder.write("here", String.class);
        byte[] around = new byte[document.length + 10];
        System.arraycopy(document, 0, around, 7, document.length);
        assertThat(Binder.read(around, 7, document.length, String.class)).isEqualTo("here");
    }

    @Test
    void aNestingDeeperThanTheLimitIsRefusedWhenWritten() {
        SmileWriter out = new SmileWriter();
        for (int i = 0; i < SmileWriter.DEPTH; i++) {
            out.open(SmileWriter.ARRAY);
        }
        assertThatThrownBy(() -> out.open(SmileWriter.ARRAY))
                .isInstanceOf(ValueException.class)
                .hasMessageContaining("cycle");
    }

    @Test
    void nullIsNoPrimitive() {
        assertThatThrownBy(() -> again(null, int.class))
                .isInstanceOf(ValueException.class)
                .hasMessage("bad int at byte 5");
        assertThat(again(null, Integer.class)).isNull();
        assertThat(again(null, void.class)).isNull();
    }

    @Test
    void aLongIsNoInt() {
        assertThatThrownBy(() -> again(1L << 40, int.class)).isInstanceOf(ValueException.class);
    }

    private static Object again(Object value, Class<?> declared) {
        byte[] document = Binder.write(value, declared);
        return Binder.read(document, 0, document.length, declared);
    }
}
