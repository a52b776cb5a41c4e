package io.econtext.tests.hosts;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.testcontainers.DockerClientFactory;

/** Decides once per run whether there is a container engine. Safe for use by several threads. */
final class ContainersCondition implements ExecutionCondition {

    static final String REQUIRED = "ECONTEXT_REQUIRE_CONTAINERS";

    private static final class Engine {
        static final boolean PRESENT = DockerClientFactory.instance().isDockerAvailable();
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return evaluate(Engine.PRESENT, Boolean.parseBoolean(System.getenv(REQUIRED)));
    }

    static ConditionEvaluationResult evaluate(boolean present, boolean required) {
        if (present) {
            return ConditionEvaluationResult.enabled("a container engine answers");
        }
        if (required) {
            throw new IllegalStateException("no container engine answers, and " + REQUIRED + " is set");
        }
        return ConditionEvaluationResult.disabled("no container engine answers");
    }
}
