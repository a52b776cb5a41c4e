package io.econtext.tests.hosts;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Decides whether this machine can run an OpenSSH server. Safe for use by several threads. */
final class SshdCondition implements ExecutionCondition {

    /** Where a server that root starts leaves its privileges; Debian makes it only for the service. */
    private static final Path ROOT_NEEDS = Path.of("/run/sshd");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (!Files.isExecutable(LocalSshd.PROGRAM)) {
            return ConditionEvaluationResult.disabled(LocalSshd.PROGRAM + " is not installed");
        }
        if (!isRoomForPrivileges()) {
            return ConditionEvaluationResult.disabled("run by root, sshd needs the folder " + ROOT_NEEDS);
        }
        return ConditionEvaluationResult.enabled(LocalSshd.PROGRAM + " is there");
    }

    static boolean isRoomForPrivileges() {
        return !System.getProperty("user.name").equals("root") || Files.isDirectory(ROOT_NEEDS);
    }
}
