package io.econtext.demo;

import io.econtext.spring.Specs;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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
 * java -jar demo-app.jar --help                             all that
 * </pre>
 */
@SpringBootApplication
public class DemoApplication {
    private static final String SHELL = "shell";
    private static final String COMMAND = "command";

    /** The job's own, Spring Boot's, and properties, which have a dot. */
    private static final Pattern OPTION = Pattern.compile("--follow=.+|--debug|--trace|--[^=]*\\.[^=]*(=.*)?");

    private static final String USAGE = """
            usage: java -jar demo-app.jar [SPECIFICATION…] [--follow=PATH]
                   java -jar demo-app.jar COMMAND…
                   java -jar demo-app.jar shell

            The first gathers facts of hosts and prints a table, of the configured contexts where no SPECIFICATION,
            such as ssh://deploy@web1, is given; with --follow it then prints the lines of that file in each.
            The second runs one command of the shell, such as 'context exec ssh://deploy@web1 -- uname -a'; 'context'
            and 'help' list them. The third is the shell itself. --a.b=c sets a property.""";

    /** Starts the service; its exit code is that of what it did. */
    public static void main(String[] args) {
        String problem = problem(args);
        if (isHelp(args) || problem != null) {
            (problem == null ? System.out : System.err).println(problem == null ? USAGE : problem + "\n\n" + USAGE);
            System.exit(problem == null ? 0 : FactsJob.USAGE);
        }
        System.exit(SpringApplication.exit(start(args)));
    }

    static ConfigurableApplicationContext start(String... args) {
        String profile = profile(args);
        SpringApplication application = new SpringApplication(DemoApplication.class);
        application.setAdditionalProfiles(profile);
        return application.run(profile.equals(SHELL) ? Arrays.copyOfRange(args, 1, args.length) : args);
    }

    static boolean isHelp(String... args) {
        return args.length == 1 && (args[0].equals("--help") || args[0].equals("-h"));
    }

    /** What is wrong with the options of the main job; {@code null} if nothing is, or it isn't meant. */
    static @Nullable String problem(String... args) {
        if (!profile(args).equals(FactsJob.PROFILE) || isHelp(args)) {
            return null;
        }
        return Arrays.stream(args)
                .filter(arg -> arg.startsWith("-") && !OPTION.matcher(arg).matches())
                .findFirst()
                .map(arg -> "unknown option '" + arg + "'")
                .orElse(null);
    }

    /** What to be, by the arguments. */
    static String profile(String... args) {
        if (args.length > 0 && args[0].equals(SHELL)) {
            return SHELL;
        }
        boolean job = Arrays.stream(args).allMatch(arg -> arg.startsWith("-") || Specs.isSpec(arg));
        return job ? FactsJob.PROFILE : COMMAND;
    }
}
