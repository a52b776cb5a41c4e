package io.econtext.parent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessNameTest {

    @Test
    void theDefaultNamesUserHostAndPid() {
        assertThat(ProcessName.ofThisProcess())
                .startsWith("econtext:")
                .contains("@")
                .endsWith(":" + ProcessHandle.current().pid());
    }

    @Test
    void whatShellsAndTerminalsCouldTakeForMoreIsReplaced() {
        assertThat(ProcessName.sanitized("a b;c$d'e\"f\\g\u001b[0m\n<h>ü")).isEqualTo("a_b_c_d_e_f_g__0m__h__");
        assertThat(ProcessName.sanitized("econtext:me@host.example:17/x+y-z"))
                .isEqualTo("econtext:me@host.example:17/x+y-z");
    }

    @Test
    void itNeverLooksLikeALoginShell() {
        assertThat(ProcessName.sanitized("-sh")).isEqualTo("_sh");
    }

    @Test
    void itIsBoundedAndNeverEmpty() {
        assertThat(ProcessName.sanitized("x".repeat(500))).hasSize(80);
        assertThat(ProcessName.sanitized("")).isEqualTo("econtext");
    }
}
