package io.econtext.tests.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.tests.e2e.DemoJar.Outcome;
import org.junit.jupiter.api.Test;

/** The shell's commands from the fat jar on contexts of this machine that call back. */
class CallBackFatJarIT {
    private static final String SPEC = "local:?connect-back=127.0.0.1:0&connect-back-listen=127.0.0.1";

    @Test
    void aProgramRunsInAContextThatCalledBack() throws Exception {
        Outcome outcome = DemoJar.run("context", "exec", SPEC, "--", "sh", "-c", "echo ü; exit 3");
        assertThat(outcome.status()).as(outcome.err()).isEqualTo(3);
        assertThat(outcome.out()).isEqualTo("ü\n");
    }

    @Test
    void theDoctorStartsItAsTheLastStep() throws Exception {
        Outcome outcome = DemoJar.run("context", "doctor", SPEC);
        assertThat(outcome.status()).as(outcome.out()).isZero();
        assertThat(outcome.out()).contains("ok  connect   local:?connect-back=127.0.0.1:0 answers");
    }

    @Test
    void whoCannotCallBackIsToldWhy() throws Exception {
        Outcome outcome = DemoJar.run("context", "exec", SPEC + "&connect-back-from=192.0.2.1", "--", "id");
        assertThat(outcome.status()).isEqualTo(255);
        assertThat(outcome.err())
                .contains("its token came from 127.0.0.1, and is expected from 192.0.2.1; if it is right there,");
    }
}
