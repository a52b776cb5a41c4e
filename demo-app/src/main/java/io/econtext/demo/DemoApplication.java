package io.econtext.demo;

import io.econtext.spring.Specs;
import java.util.Arrays;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Gathers facts of hosts and prints a table; or is a shell, for one command or many.
 *
 * <pre>
 * java -jar demo-app.jar                                    the configured contexts, which is one on this machine
 * java -jar demo-app.jar ssh://deploy@web1 --follow=/path   these hosts, and then a log file of theirs
 * java -jar demo-app.jar context exec web1 -- uname -a      one command of the shell
 * java -jar demo-app.jar shell                              the shell itself
 * </pre>
 */
@SpringBootApplication
public class DemoApplication {
    private static final String SHELL = "shell";
    private static final String COMMAND = "command";

    /** Starts the service; its exit code is that of what it did. */
    public static void main(String[] args) {
        System.exit(SpringApplication.exit(start(args)));
    }

    static ConfigurableApplicationContext start(String... args) {
        String profile = profile(args);
        SpringApplication application = new SpringApplication(DemoApplication.class);
        application.setAdditionalProfiles(profile);
        return application.run(profile.equals(SHELL) ? Arrays.copyOfRange(args, 1, args.length) : args);
    }

    /** What to be, by the arguments. */
    static String profile(String... args) {
        if (args.length > 0 && args[0].equals(SHELL)) {
            return SHELL;
        }
        boolean job = Arrays.stream(args).allMatch(arg -> arg.startsWith("--") || Specs.isSpec(arg));
        return job ? FactsJob.PROFILE : COMMAND;
    }
}
