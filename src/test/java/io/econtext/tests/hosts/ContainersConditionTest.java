package io.econtext.tests.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ContainersConditionTest {

    @Test
    void testsRunWhereAnEngineAnswers() {
        assertThat(ContainersCondition.evaluate(true, false).isDisabled()).isFalse();
        assertThat(ContainersCondition.evaluate(true, true).isDisabled()).isFalse();
    }

    @Test
    void testsAreSkippedWithAReasonWithoutOne() {
        assertThat(ContainersCondition.evaluate(false, false).getReason()).hasValue("no container engine answers");
        assertThat(ContainersCondition.evaluate(false, false).isDisabled()).isTrue();
    }

    @Test
    void testsFailWithoutOneWhereContainersAreRequired() {
        assertThatThrownBy(() -> ContainersCondition.evaluate(false, true))
                .hasMessageContaining(ContainersCondition.REQUIRED);
    }
}
