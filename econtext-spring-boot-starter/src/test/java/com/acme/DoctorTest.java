package com.acme;

import static org.assertj.core.api.Assertions.assertThat;

import io.econtext.RemoteContext;
import io.econtext.spring.Contexts;
import io.econtext.spring.autoconfigure.EcontextAutoConfiguration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What is found out about places where contexts are to be, whether there is Java or not. */
class DoctorTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(EcontextAutoConfiguration.class))
            .withPropertyValues("econtext.contexts.here.method=local");

    @Test
    void aPlaceIsExaminedWithoutStartingAnythingThere() {
        runner.run(application -> {
            Map<String, String> found = application.getBean(Contexts.class).examine("here");
            assertThat(found.get("user")).isEqualTo(System.getProperty("user.name"));
            assertThat(found.get("java")).endsWith("/java");
            assertThat(found.get("version")).contains("version \"");
            assertThat(found.get("proc")).isEqualTo("yes");
            assertThat(found.get("memory")).matches("\\d+");
            assertThat(found).containsKeys("locale", "host", "system", "shell", "perl", "python3", "ram");
            assertThat(application.getBean("here", RemoteContext.class).info()).isNull();
        });
    }

    @Test
    void itIsExaminedWhereThereIsNoJavaToo() {
        runner.withPropertyValues("econtext.contexts.here.java=/no/such/java").run(application -> {
            Map<String, String> found = application.getBean(Contexts.class).examine("here");
            assertThat(found.get("java")).isEmpty();
            assertThat(found.get("version")).isEmpty();
            assertThat(found.get("host")).isNotEmpty();
        });
    }

    @Test
    void aPlaceBehindAnotherIsExaminedFromThere() {
        runner.withPropertyValues(
                        "econtext.contexts.there.method=exec",
                        "econtext.contexts.there.command=env LANG=xx_YY.UTF-8 LC_ALL= LC_CTYPE=",
                        "econtext.contexts.there.via=here")
                .run(application -> {
                    Map<String, String> found =
                            application.getBean(Contexts.class).examine("there");
                    assertThat(found.get("locale")).isEqualTo("xx_YY.UTF-8");
                    assertThat(application.getBean("here", RemoteContext.class).info())
                            .isNotNull();
                    assertThat(application.getBean("there", RemoteContext.class).info())
                            .isNull();
                });
    }
}
