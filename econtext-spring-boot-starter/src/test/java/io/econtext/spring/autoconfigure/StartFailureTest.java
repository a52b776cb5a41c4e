package io.econtext.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.econtext.RemoteContext;
import io.econtext.spring.ContextGroup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a user reads when the application doesn't start. */
@ExtendWith(OutputCaptureExtension.class)
class StartFailureTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "method=local host=web1 | econtext.contexts.web1.host is set, which method local doesn't know"
                        + " | Method local knows via, java, jvm-options",
                "user=deploy | econtext.contexts.web1 doesn't say how the context is started"
                        + " | Set econtext.contexts.web1.method to local, ssh, sudo",
                "spec=ssh://web1 port=22 | spec and econtext.contexts.web1.port are both set | Remove one of them",
                "spec=ftp://box | 'ftp:' is no way in | Correct econtext.contexts.web1.spec",
                "spec=docker: | 'docker:' needs '//' and behind it the container | Correct",
                "spec=sudo://root method=sudo | web1.spec and econtext.contexts.web1.method are both set | Remove one",
                "spec=sudo://root?via=a via=b | web1.spec has a via, too | Remove one of them",
                "spec=ssh://a:geheim@b | never contains a password | Correct econtext.contexts.web1.spec",
                "spec=ssh://web1?name=x | option name is given 2 times | Correct",
                "method=ssh port=99999 | port 99999 is not between 1 and 65535 | Correct econtext.contexts.web1.port",
                "method=ssh host=-oProxyCommand | is not an ssh destination | Correct econtext.contexts.web1.host",
                "method=local workers=0 | workers 0 is not between | Correct econtext.contexts.web1.workers",
                "method=local umask=9 | umask '9' | Correct econtext.contexts.web1.umask",
                "method=local environment.9x=1 | is not the name of an environment variable"
                        + " | Correct econtext.contexts.web1.environment",
                "method=docker | method is docker, and econtext.contexts.web1.container is missing"
                        + " | Set econtext.contexts.web1.container",
                "method=docker container=box port=22 | port is set, which method docker doesn't know"
                        + " | Method docker knows container, host, program, user, via, java",
                "method=docker container=box password=geheim | password is set, which method docker doesn't know"
                        + " | Remove it",
                "method=docker container=-it | container '-it' is empty or begins with a dash"
                        + " | Correct econtext.contexts.web1.container",
                "method=sudo user=root login=maybe | Invalid boolean value 'maybe' | configuration",
                "method=nsenter pid=0 | a process has no number 0 | Correct econtext.contexts.web1.pid",
                "method=sudo user=root via=web1 | Contexts start each other: web1 via web1 | Leave out the via",
                "method=sudo user=root via=web9 | via names 'web9', which is not a configured context | Name one of web1",
                "method=sudo user=root via=ssh://b | via names 'ssh://b', which is a specification"
                        + " | Configure it below econtext.contexts",
                "method=sudo user=root via=web[1:3] | which is a range of hosts | Name one of the configured",
                "method=telnet | failed to convert | LOCAL",
                "method=ssh pasword=geheim | econtext.contexts.web1.pasword | passphrase, agent, ssh-config",
                "method=local connect-back.port=99999 | port 99999 is not between 0 and 65535"
                        + " | Correct econtext.contexts.web1.connect-back.port",
                "method=local connect-back.token-lifetime=0 | a token needs a lifetime"
                        + " | Correct econtext.contexts.web1.connect-back.token-lifetime",
                "method=local connect-back.prot=7070 | econtext.contexts.web1.connect-back.prot"
                        + " | there may be host, port, bind-address, listen-port, from, token-lifetime, ssl-bundle",
                "spec=local:?connect-back=:0 connect-back.port=0 | web1.spec has a connect-back, too | Remove one",
                "method=sudo user=root via=web2 connect-back.port=0 | only what this program starts itself can call back"
                        + " | Leave out via or connect-back",
                "spec=local:?connect-back=:0 via=web2 | only what this program starts itself can call back | Leave out",
                "method=local connect-back.ssl-bundle=tls | can't call back: there is no SSL bundle 'tls'; there are []"
                        + " | Name a bundle below spring.ssl.bundle",
                "method=ssh call-timeout=soon | 'soon' is not a valid duration | configuration",
            })
    void aWrongPropertyOfAContextIsExplained(
            String properties, String description, String action, CapturedOutput output) {
        String[] arguments = properties.trim().split(" ");
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = "--econtext.contexts.web1." + arguments[i];
        }
        assertFails(output, Plain.class, description, action, arguments);
        assertThat(output).doesNotContain("geheim");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--econtext.defaults.host=web1 | econtext.defaults.host is set, but can't hold for all contexts"
                        + " | econtext.contexts.NAME.host",
                "--econtext.contexts.[a/b].method=local | 'a/b' can't be the name of a context | Use letters",
                "--econtext.groups.web=web9 | names 'web9', which is not a configured context | web[1:20].example",
                "--econtext.groups.web=web[3:1] | runs backwards | Correct the entry 'web[3:1]'",
                "--econtext.defaults.via=web1 | econtext.defaults.via is set, but can't hold for all contexts"
                        + " | econtext.contexts.NAME.via",
                "--econtext.defaults.container=x | econtext.defaults.container is set, but can't hold"
                        + " | econtext.contexts.NAME.container",
                "--econtext.groups.web=docker: | 'docker:' needs '//' | Correct the entry",
                "--econtext.groups.web=sudo://root?via=web1 | root: via names 'web1', which is not a configured context"
                        + " | configure econtext.contexts.web1",
                "--econtext.groups.web=ssh://a@h,ssh://b@h | would be named h, as is ssh://a@h | Correct the entry",
                "--econtext.groups.plain=a.example | would be a bean of that name | another name",
                "--econtext.logs.capacity=-1 | econtext.logs.capacity is -1 | number from 0",
                "--econtext.colour=red | Unknown configuration: econtext.colour | enabled, unidirectional, max-own-children, resources, defaults, contexts",
            })
    void aWrongPropertyElsewhereIsExplained(String property, String description, String action, CapturedOutput output) {
        assertFails(output, Plain.class, description, action, property);
    }

    @Test
    void aGroupStartsNoContext(CapturedOutput output) {
        assertFails(
                output,
                Plain.class,
                "econtext.contexts.db: via names 'web', which is a group",
                "Name one of its contexts: web1.example, web2.example",
                "--econtext.groups.web=web[1:2].example",
                "--econtext.contexts.db.method=su",
                "--econtext.contexts.db.user=postgres",
                "--econtext.contexts.db.via=web");
    }

    @Test
    void aCycleIsShown(CapturedOutput output) {
        assertFails(
                output,
                Plain.class,
                "Contexts start each other: ",
                "Leave out the via of one of them",
                "--econtext.contexts.a.method=local",
                "--econtext.contexts.a.via=b",
                "--econtext.contexts.b.method=local",
                "--econtext.contexts.b.via=c",
                "--econtext.contexts.c.method=local",
                "--econtext.contexts.c.via=b");
    }

    @Test
    void twoSpecificationsThatDifferInViaNeedNames(CapturedOutput output) {
        assertFails(
                output,
                Plain.class,
                "would be named root, as is sudo://root via a; give one of them another by '?name=…'",
                "Correct the entry",
                "--econtext.contexts.a.method=local",
                "--econtext.contexts.b.method=local",
                "--econtext.groups.roots=sudo://root?via=a,sudo://root?via=b");
    }

    @Test
    void whatAnotherHostsProgramCannotDoIsSaid(CapturedOutput output) {
        assertFails(
                output,
                Plain.class,
                "econtext.contexts.b can't be started via a: ssh://b: a pinned key is known to the controller's",
                "leave out econtext.contexts.b.via",
                "--econtext.contexts.a.method=local",
                "--econtext.contexts.b.host=b",
                "--econtext.contexts.b.via=a",
                "--econtext.contexts.b.pinned-key=SHA256:abc");
    }

    @Test
    void twoPrimaryContextsAreNamed(CapturedOutput output) {
        assertFails(
                output,
                Plain.class,
                "More than one context is primary: a, b",
                "Leave econtext.contexts.NAME.primary to one",
                "--econtext.contexts.a.method=local",
                "--econtext.contexts.a.primary=true",
                "--econtext.contexts.b.method=local",
                "--econtext.contexts.b.primary=true");
    }

    @Test
    void aContextAndAGroupMustNotShareAName(CapturedOutput output) {
        assertFails(
                output,
                Plain.class,
                "'a' is the name of a context and of a group",
                "Rename one",
                "--econtext.contexts.a.method=local",
                "--econtext.groups.a=a");
    }

    @Test
    void anAmbiguousInjectionListsTheNames(CapturedOutput output) {
        assertFails(
                output,
                WantsAny.class,
                "it isn't clear which: configured are web1, web2",
                "RemoteContext web1, by @Qualifier(\"web1\"), or mark one by econtext.contexts.NAME.primary=true",
                "--econtext.contexts.web1.method=local",
                "--econtext.contexts.web2.method=local");
    }

    @Test
    void anUnknownQualifierListsTheNames(CapturedOutput output) {
        assertFails(
                output,
                WantsDatabase.class,
                "wants a context that isn't there: configured are web1",
                "Name one of them",
                "--econtext.contexts.web1.method=local");
    }

    @Test
    void aMissingGroupIsExplained(CapturedOutput output) {
        assertFails(output, WantsGroup.class, "wants a group that isn't there: none is configured", "econtext.groups");
    }

    private static void assertFails(
            CapturedOutput output, Class<?> configuration, String description, String action, String... arguments) {
        assertThatThrownBy(() -> start(configuration, arguments)).isNotNull();
        assertThat(output).contains("APPLICATION FAILED TO START");
        String text = output.getAll().substring(output.getAll().lastIndexOf("Description:"));
        assertThat(text.substring(0, text.indexOf("Action:"))).contains(description);
        assertThat(text.substring(text.indexOf("Action:"))).contains(action);
    }

    private static void start(Class<?> configuration, String... arguments) {
        SpringApplication application = new SpringApplication(configuration);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setRegisterShutdownHook(false);
        application.run(arguments).close();
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(EcontextAutoConfiguration.class)
    static class Plain {
        @Bean
        String plain() {
            return "a bean that isn't a context";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(EcontextAutoConfiguration.class)
    static class WantsAny {
        @Bean
        String any(RemoteContext database) {
            return database.name();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(EcontextAutoConfiguration.class)
    static class WantsDatabase {
        @Bean
        String any(@Qualifier("db") RemoteContext database) {
            return database.name();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(EcontextAutoConfiguration.class)
    static class WantsGroup {
        @Bean
        String any(ContextGroup web) {
            return web.name();
        }
    }
}
