package io.econtext.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.testing.NoThreadLeft;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Trees of contexts on virtual time: whoever waits gets exactly one outcome, and in time; nothing is delivered twice, in a
 * wrong order or to the wrong context; once it is quiet everybody can talk to everybody, and nothing is left.
 *
 * <p>{@code -Decontext.sim.seed=N} replays one seed and prints what happens; {@code -Decontext.sim.seeds=N} runs that many.
 */
@ExtendWith(NoThreadLeft.class)
class SimulationTest {
    private static final String SEED = "econtext.sim.seed";
    private static final int SEEDS = Integer.getInteger("econtext.sim.seeds", 10_000);
    private static final int MOST_FAULTS = 8;

    private final Totals totals = new Totals();

    @Test
    void aTreeUnderCutsKillsDelaysAndReconnectsTellsEveryoneWhoWaitsAndComesToRest() {
        Long one = Long.getLong(SEED);
        long begun = System.nanoTime();
        if (one != null) {
            run(one, true);
        } else {
            for (long seed = 1; seed <= SEEDS; seed++) {
                run(seed, false);
            }
        }
        System.out.print(totals.text((System.nanoTime() - begun) / 1_000_000));
    }

    @Test
    void aSeedReplays() {
        for (long seed = 1; seed <= 40; seed++) {
            assertThat(run(seed, false)).as("seed %d", seed).isEqualTo(run(seed, false));
        }
    }

    /** Returns what stands for all that happened. */
    private long run(long seed, boolean tracing) {
        Simulation sim = new Simulation(seed, tracing, totals);
        // One seed in ten is left in peace.
        int faults = seed % 10 == 0 ? 0 : 1 + sim.random.nextInt(MOST_FAULTS);
        try {
            new World(sim).live(contexts(sim.random), 30 + sim.random.nextInt(70), faults);
        } catch (RuntimeException e) {
            throw new AssertionError("replay with -D" + SEED + "=" + seed, e);
        }
        assertThat(sim.failures).as("replay with -D%s=%d", SEED, seed).isEmpty();
        return sim.fingerprint();
    }

    /** Mostly small trees, and some large ones. */
    private static int contexts(Random random) {
        int kind = random.nextInt(100);
        return kind < 65
                ? 2 + random.nextInt(9)
                : kind < 92 ? 8 + random.nextInt(18) : World.MOST_CONTEXTS - random.nextInt(25);
    }
}
