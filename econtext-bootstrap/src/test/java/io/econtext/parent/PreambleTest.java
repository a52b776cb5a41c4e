package io.econtext.parent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PreambleTest {

    private final Preamble preamble = new Preamble("4711");

    private int feed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return preamble.feed(bytes, 0, bytes.length);
    }

    @Test
    void theProtocolBeginsBehindTheLineThatSaysUp() {
        String text = "\necontext-4711 up 17\n";

        assertThat(feed(text + "\0binary")).isEqualTo(text.length());
        assertThat(preamble.state()).isEqualTo(Preamble.UP);
        assertThat(preamble.javaVersion()).isEqualTo(17);
        assertThat(feed("more")).isZero();
    }

    @Test
    void theAnswerMayComeByteByByte() {
        for (byte b : "hello\necontext-4711 up 8\n".getBytes(StandardCharsets.UTF_8)) {
            assertThat(preamble.state()).isEqualTo(Preamble.SEARCHING);
            assertThat(preamble.feed(new byte[] {b}, 0, 1)).isOne();
        }
        assertThat(preamble.state()).isEqualTo(Preamble.UP);
    }

    @Test
    void bytesOutsideTheGivenRangeAreNotRead() {
        byte[] bytes = "xx\necontext-4711 up 8\nyy".getBytes(StandardCharsets.UTF_8);

        assertThat(preamble.feed(bytes, 2, bytes.length - 4)).isEqualTo(bytes.length - 4);
        assertThat(preamble.state()).isEqualTo(Preamble.UP);
    }

    @Test
    void noiseBeforeTheAnswerIsKeptWithoutIt() {
        feed("Welcome to web1\r\n\r\nyou have mail, grüße\nno line end econtext-4711 up 11\n");

        assertThat(preamble.state()).isEqualTo(Preamble.UP);
        assertThat(preamble.lastLines()).containsExactly("Welcome to web1", "you have mail, grüße", "no line end ");
    }

    @Test
    void aTerminalsLineEndIsUnderstood() {
        feed("\r\necontext-4711 up 17\r\n");

        assertThat(preamble.javaVersion()).isEqualTo(17);
    }

    @Test
    void readyComesBeforeUpAndOnlyStopsForAMoment() {
        String ready = "Password:\necontext-4711 ready\n";
        String up = "\necontext-4711 up 25\n";

        assertThat(feed(ready + up)).isEqualTo(ready.length());
        assertThat(preamble.state()).isEqualTo(Preamble.READY);
        assertThat(feed(up)).isEqualTo(up.length());
        assertThat(preamble.state()).isEqualTo(Preamble.UP);
    }

    @Test
    void aFailureHasACodeAndAText() {
        feed("\necontext-4711 fail nojava PATH /opt/*\n");

        assertThat(preamble.state()).isEqualTo(Preamble.FAILED);
        assertThat(preamble.failureCode()).isEqualTo("nojava");
        assertThat(preamble.failureText()).isEqualTo("PATH /opt/*");
    }

    @Test
    void neitherAnEchoNorAnotherAnswerNorAnUnknownWordIsTheAnswer() {
        feed("exec sh -c 'a=$((277*17));echo econtext-$a ready'\n");
        feed(
                "econtext-4712 up 17\necontext-47111 up 17\necontext-4711 down 17\necontext-4711 up soon\necontext-4711 fail\n");

        assertThat(preamble.state()).isEqualTo(Preamble.SEARCHING);
    }

    @Test
    void noiseIsBounded() {
        byte[] noise = new byte[Preamble.MAX_NOISE + 10];

        assertThat(preamble.feed(noise, 0, noise.length)).isEqualTo(Preamble.MAX_NOISE + 1);
        assertThat(preamble.state()).isEqualTo(Preamble.NOISY);
    }

    @Test
    void asMuchNoiseAsAllowedIsStillFollowedByAnAnswer() {
        String noise = "x".repeat(Preamble.MAX_NOISE - 100) + "\n";

        feed(noise + "econtext-4711 up 17\n");

        assertThat(preamble.state()).isEqualTo(Preamble.UP);
    }

    @Test
    void onlyTheLastLinesAreToldAndLongOnesAreCut() {
        for (int i = 1; i <= 30; i++) {
            feed("line " + i + "\n");
        }
        feed("y".repeat(3000));

        assertThat(preamble.lastLines()).hasSize(20).startsWith("line 12").endsWith("y".repeat(1024));
    }
}
