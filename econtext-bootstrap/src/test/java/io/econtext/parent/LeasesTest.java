package io.econtext.parent;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.core.Link;
import io.econtext.core.Router;
import io.econtext.core.Wire;
import io.econtext.core.Witness;
import org.junit.jupiter.api.Test;

class LeasesTest {
    private final Router router = new Router(0, new int[0], new Witness());
    private final Link link = new Wire(router, new Router(1, new int[] {0}, new Witness())).down;
    private final Leases leases = new Leases(router);

    @Test
    void leasesThatFollowEachOtherAreOneBlock() {
        leases.grant(1, 2, 5);
        leases.grant(1, 6, 6);
        leases.grant(1, 9, 12);
        leases.grant(5, 13, 20);
        assertThat(link.leased).containsExactly(1, 6, 9, 20);
    }
}
