package io.econtext.spring.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.spring.shell.OneShotRunner;
import io.econtext.spring.shell.ShellExitCode;
import io.econtext.spring.shell.WordParser;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.shell.core.ShellRunner;
import org.springframework.shell.core.autoconfigure.SpringShellAutoConfiguration;
import org.springframework.shell.core.command.CommandParser;
import org.springframework.shell.core.command.CommandRegistry;

/** The shell in a real application, as its users start it. */
@ExtendWith(OutputCaptureExtension.class)
class ShellApplicationTest {

    @Test
    void theCommandsAreInTheShellAndItsPartsAreOurs() {
        try (ConfigurableApplicationContext application = start(true, "context", "list")) {
            assertThat(application.getBean(CommandParser.class)).isInstanceOf(WordParser.class);
            assertThat(application.getBean(ShellRunner.class)).isInstanceOf(OneShotRunner.class);
            CommandRegistry registry = application.getBean(CommandRegistry.class);
            for (String name : new String[] {
                "list", "connect", "close", "ping", "exec", "call", "facts", "tail", "logs", "sizes", "tree", "doctor"
            }) {
                assertThat(registry.getCommandByName("context " + name))
                        .as(name)
                        .isNotNull();
            }
        }
    }

    @Test
    void aCommandRunsAndItsExitCodeIsTheProgramsOwn(CapturedOutput output) {
        assertThat(exitCode("context", "list")).isZero();
        assertThat(output.getOut()).contains("NAME  STATE").contains("web1");
        assertThat(exitCode("context", "list", "--colour")).isEqualTo(ShellExitCode.USAGE);
        assertThat(output.getErr()).contains("unknown option '--colour'");
        assertThat(exitCode("context", "ping", "web9")).isEqualTo(ShellExitCode.USAGE);
        assertThat(output.getErr()).contains("no context 'web9'").contains("web1");
    }

    @Test
    void itIsOffByProperty() {
        try (ConfigurableApplicationContext application = start(false, "help")) {
            assertThat(application.getBeansOfType(OneShotRunner.class)).isEmpty();
            assertThat(application.getBean(CommandRegistry.class).getCommandByName("context list"))
                    .isNull();
        }
    }

    @Test
    void itIsNotThereWithoutSpringShellsOwnConfiguration() {
        try (ConfigurableApplicationContext application =
                start(true, "--spring.autoconfigure.exclude=" + SpringShellAutoConfiguration.class.getName())) {
            assertThat(application.getBeansOfType(OneShotRunner.class)).isEmpty();
        }
    }

    private static int exitCode(String... words) {
        return SpringApplication.exit(start(true, words));
    }

    private static ConfigurableApplicationContext start(boolean commands, String... arguments) {
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setRegisterShutdownHook(false);
        application.setDefaultProperties(Map.of(
                "spring.shell.interactive.enabled", "false",
                "spring.shell.history.enabled", "false",
                "spring.main.banner-mode", "off",
                "logging.level.root", "warn",
                "econtext.shell.enabled", commands,
                "econtext.contexts.web1.method", "local"));
        return application.run(arguments);
    }

    @SpringBootApplication
    static class Application {}
}
