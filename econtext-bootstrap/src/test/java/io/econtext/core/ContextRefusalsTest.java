package io.econtext.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ContextRefusalsTest {
    private final Router router = new Router(7, new int[] {0}, new Witness());
    private final ScriptedLink up = ScriptedLink.toParent(router);

    @Test
    void whoIsLiedToOftenSaysSoOnceASecondAtMost() {
        Context context = new Context();
        context.logs = new Logs(router, "");
        long begun = System.nanoTime();
        for (int i = 0; i < 10_000; i++) {
            context.refused(null, null, "lied");
        }
        long seconds = (System.nanoTime() - begun) / 1_000_000_000L;
        assertThat(up.frames()).hasSizeBetween(1, (int) seconds + 2);
    }
}
