package io.econtext.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class HostRangeTest {

    @Test
    void aRangeIsEveryNumberInIt() {
        assertThat(HostRange.expand("web[8:11].example"))
                .containsExactly("web8.example", "web9.example", "web10.example", "web11.example");
    }

    @Test
    void leadingZerosAreKept() {
        assertThat(HostRange.expand("web[08:10]")).containsExactly("web08", "web09", "web10");
    }

    @Test
    void severalRangesMultiply() {
        assertThat(HostRange.expand("r[1:2]n[1:2]")).containsExactly("r1n1", "r1n2", "r2n1", "r2n2");
    }

    @Test
    void textWithoutRangeIsItself() {
        assertThat(HostRange.expand("ssh://[::1]:22")).containsExactly("ssh://[::1]:22");
        assertThat(HostRange.isRange("ssh://[::1]:22")).isFalse();
    }

    @Test
    void aRangeMustNotRunBackwardsNorBeHuge() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostRange.expand("web[3:1]"))
                .withMessageContaining("runs backwards");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostRange.expand("web[1:999999999]"))
                .withMessageContaining("more than");
    }
}
