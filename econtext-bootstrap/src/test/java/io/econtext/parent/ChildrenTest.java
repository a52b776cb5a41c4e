package io.econtext.parent;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.core.Context;
import io.econtext.core.Target;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChildrenTest {
    private final Target target = new Target(2);

    @BeforeEach
    void runThere() {
        Context.current = target.context;
    }

    @AfterEach
    void end() {
        Context.current = null;
        target.close();
    }

    @Test
    void whoHasNoChildrenGetsNoDutyByEndingOne() {
        Children.end(9);
        assertThat(target.context.router.watcher).isNotInstanceOf(Children.class);
        assertThat(target.context.classSource).isNotEqualTo(Target.ID);
    }
}
