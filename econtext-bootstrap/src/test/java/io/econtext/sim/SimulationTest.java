package io.econtext.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.testing.NoThreadLeft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Trees of contexts on virtual time: whoever waits gets exactly one outcome, nothing is delivered twice, in a wrong order or
 * to the wrong context, and nothing is left.
 *
 * <p>{@code -Decontext.sim.seed=N} replays one seed and prints what happens; {@code -Decontext.sim.seeds=N} runs that many.
 */
@ExtendWith(NoThreadLeft.class)
class SimulationTest {
    private static final String SEED = "econtext.sim.seed";
    private static final int SEEDS = Integer.getInteger("econtext.sim.seeds", 300);
    private static final int REQUESTS = 100;
    private static final int MOST_FAULTS = 8;

    @Test
    void aTreeInPeaceAnswersEverything() {
        for (long seed : seeds(SEEDS / 4)) {
            run(seed, 0);
        }
    }

    @Test
    void aTreeUnderCutsKillsAndSilenceTellsEveryoneWhoWaits() {
        for (long seed : seeds(SEEDS)) {
            run(seed, 1 + (int) (seed % MOST_FAULTS));
        }
    }

    @Test
    void aSeedReplays() {
        for (long seed = 1; seed <= 5; seed++) {
            assertThat(run(seed, 4)).as("seed %d", seed).isEqualTo(run(seed, 4));
        }
    }

    private static long[] seeds(int count) {
        Long one = Long.getLong(SEED);
        if (one != null) {
            return new long[] {one};
        }
        long[] seeds = new long[count];
        for (int i = 0; i < count; i++) {
            seeds[i] = i + 1;
        }
        return seeds;
    }

    /** Returns what stands for all that happened. */
    private static long run(long seed, int faults) {
        Simulation sim = new Simulation(seed, Long.getLong(SEED) != null);
        try {
            new World(sim, 2 + sim.random.nextInt(12)).live(REQUESTS, faults);
        } catch (RuntimeException e) {
            throw new AssertionError("replay with -D" + SEED + "=" + seed, e);
        }
        assertThat(sim.failures).as("replay with -D%s=%d", SEED, seed).isEmpty();
        return sim.fingerprint();
    }
}
