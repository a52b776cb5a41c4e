package io.econtext.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private static final long INTERVAL = 5_000_000_000L;

    private final Witness witness = new Witness();
    private final Router router = new Router(0, new int[0], witness);
    private final ScriptedLink link = new ScriptedLink(router, 1, 1);
    private long now = 1000 * INTERVAL;

    @Test
    void whoHadNothingToSayForAnIntervalSendsAProbe() {
        beat();
        assertThat(link.frame().handle).isEqualTo(Handles.NOTHING);
        link.beat(now + INTERVAL - 1, INTERVAL);
        assertThat(link.frames()).isEmpty();
        beat(); // the probe itself was spoken in this interval
        assertThat(link.frames()).isEmpty();
        beat();
        assertThat(link.frame().destination).isEqualTo(1);
    }

    @Test
    void aProbeGoesToTheParentToo() {
        Router below = new Router(7, new int[] {3, 0}, new Witness());
        ScriptedLink up = ScriptedLink.toParent(below);
        up.beat(now, INTERVAL);
        assertThat(up.frame().destination).isEqualTo(3);
    }

    @Test
    void whoSpeaksNeedsNoProbe() {
        beat();
        link.bytes();
        router.send(router.message(Message.NORMAL, 1, 1024, 0, new byte[0]));
        link.bytes();
        beat();
        assertThat(link.frames()).isEmpty();
    }

    @Test
    void threeIntervalsWithoutASignOfLifeEndTheLink() {
        beat();
        beat();
        beat();
        assertThat(witness.losses).isEmpty();
        beat();
        assertThat(witness.losses).containsExactly("no sign of life for 20 s");
        assertThat(link.closed).isTrue();
    }

    @Test
    void anyByteIsASignOfLife() {
        byte[] slow = new Frame(1, 0, Handles.NOTHING).body(new byte[100]).bytes();
        for (byte b : slow) {
            link.feed(new byte[] {b});
            beat();
            beat();
            beat();
        }
        assertThat(witness.losses).isEmpty();
    }

    @Test
    void aPauseOfOurOwnIsNotTheNeighboursSilence() {
        beat();
        now += 100 * INTERVAL;
        beat();
        assertThat(witness.losses).isEmpty();
    }

    private void beat() {
        now += INTERVAL;
        link.beat(now, INTERVAL);
    }
}
