package io.econtext.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.core.Text;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassTrafficTest {
    private final ClassTraffic keeper = new ClassTraffic();
    private final ClassTraffic traffic = new ClassTraffic();

    ClassTrafficTest() {
        keeper.sent.keys().addAll(List.of("1/com.acme.App", "1//com/acme/words.txt", "1/com.acme.Never"));
    }

    @Test
    void whatWasSentAndLoadedIsNotedOnceAndNothingElse() {
        byte[] lines = Text.bytes("1/com.acme.App\n\n1/com.acme.MadeUp\n1//com/acme/words.txt\n1/com.acme.App\n");

        assertThat(traffic.loaded(lines, keeper)).containsExactly("1/com.acme.App", "1//com/acme/words.txt");
        assertThat(traffic.loaded()).containsOnly("1/com.acme.App", "1//com/acme/words.txt");
    }

    @Test
    void anAnswerThatIsTooLongIsIgnored() {
        byte[] lines = new byte[1_100_000];
        Arrays.fill(lines, (byte) '\n');
        byte[] key = Text.bytes("1/com.acme.App");
        System.arraycopy(key, 0, lines, 0, key.length);

        assertThat(traffic.loaded(lines, keeper)).isEmpty();
        assertThat(traffic.loaded(Arrays.copyOf(lines, 1_000_000), keeper)).containsExactly("1/com.acme.App");
    }
}
