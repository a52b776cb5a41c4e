package io.econtext.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.econtext.ContextOptions;
import io.econtext.HostKeys;
import io.econtext.Local;
import io.econtext.Secret;
import io.econtext.Ssh;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecsTest {

    private final Specs specs = new Specs();

    @Test
    void localIsThisMachine() {
        assertThat(specs.parse("local:"))
                .isInstanceOfSatisfying(
                        Local.class, local -> assertThat(local.name()).isEqualTo("local"));
        assertThat(specs.parse("local:?name=worker&java=/opt/java").name()).isEqualTo("worker");
        assertThat(specs.parse("local:?java=/opt/java").options().java()).isEqualTo("/opt/java");
    }

    @Test
    void sshNamesUserHostAndPort() {
        assertThat(specs.parse("ssh://deploy@web1.example:2222")).isInstanceOfSatisfying(Ssh.class, ssh -> {
            assertThat(ssh.user()).isEqualTo("deploy");
            assertThat(ssh.host()).isEqualTo("web1.example");
            assertThat(ssh.port()).isEqualTo(2222);
            assertThat(ssh.name()).isEqualTo("web1.example");
            assertThat(ssh.hostKeys()).isEqualTo(HostKeys.STRICT);
        });
        assertThat(specs.parse("ssh://web1/"))
                .isInstanceOfSatisfying(Ssh.class, ssh -> assertThat(ssh.host()).isEqualTo("web1"));
        assertThat(specs.parse("ssh://[::1]:22"))
                .isInstanceOfSatisfying(Ssh.class, ssh -> assertThat(ssh.host()).isEqualTo("::1"));
    }

    @Test
    void optionsAreDecodedAndMayBeRepeated() {
        Ssh ssh = (Ssh) specs.parse("ssh://web1?identity=/keys/a%26b&identity=/keys/c&known-hosts=/etc/hosts+keys"
                + "&host-keys=accept-new&pinned-key=SHA256:abc&agent=false&config=&name=front"
                + "&jvm-option=-Da=1&jvm-option=-Db=2&max-heap=64m&connect-timeout=5s&workers=2");

        assertThat(ssh.identities()).containsExactly("/keys/a&b", "/keys/c");
        assertThat(ssh.knownHostsFile()).isEqualTo("/etc/hosts+keys");
        assertThat(ssh.hostKeys()).isEqualTo(HostKeys.ACCEPT_NEW);
        assertThat(ssh.pinnedKey()).isEqualTo("SHA256:abc");
        assertThat(ssh.usesAgent()).isFalse();
        assertThat(ssh.configFile()).isEmpty();
        assertThat(ssh.name()).isEqualTo("front");
        assertThat(ssh.options().jvmOptions()).containsExactly("-Da=1", "-Db=2");
        assertThat(ssh.options().maxHeap()).isEqualTo("64m");
        assertThat(ssh.options().connectTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(ssh.options().workers()).isEqualTo(2);
    }

    @Test
    void defaultsHoldWhereTheSpecificationSaysNothing() {
        Specs withDefaults = specs.withDefaults(
                ContextOptions.builder().java("/opt/java").workers(3).build());

        assertThat(withDefaults.parse("local:?workers=4").options().java()).isEqualTo("/opt/java");
        assertThat(withDefaults.parse("local:?workers=4").options().workers()).isEqualTo(4);
    }

    @Test
    void aPasswordIsHandedInBesideTheSpecification() {
        Secret secret = Secret.of("geheim");

        assertThat(specs.withPassword(secret).parse("ssh://web1"))
                .isInstanceOfSatisfying(
                        Ssh.class, ssh -> assertThat(ssh.password()).isSameAs(secret));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssh://deploy:geheim@web1",
                "ssh://deploy%3Ageheim@web1",
                "ssh://web1?password=geheim",
                "ssh://web1?passphrase=geheim",
                "local:?password=geheim",
                "ssh://web1?password"
            })
    void aPasswordInItIsRefusedAndNotRepeated(String spec) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> specs.parse(spec))
                .withMessageContaining(Specs.NO_PASSWORD)
                .withMessageNotContaining("geheim");
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker://box", "sudo://root?via=web1", "exec:?command=x", "kubectl://pod"})
    void waysOfLaterVersionsSaySo(String spec) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> specs.parse(spec))
                .withMessageContaining("is not in this version")
                .withMessageContaining(Specs.WAYS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "web1 | 'web1' names no way in",
                ":web1 | names no way in",
                "ftp://web1 | 'ftp:' is no way in",
                "ssh:web1 | needs '//' and a host",
                "ssh:// | expected [user@]host[:port]",
                "ssh://web1:abc | expected [user@]host[:port]",
                "ssh://web1:99999 | port 99999",
                "local:web1 | takes no host",
                "local:?identity=x | unknown option 'identity'; allowed are allow-disk",
                "ssh://web1?colour=red | unknown option 'colour'; allowed are agent",
                "ssh://web1?name | not of the form name=value",
                "ssh://web1?name=a&name=b | option name is given 2 times",
                "ssh://web1?workers=0 | workers=0: workers 0 is not between",
                "ssh://web1?workers=x | workers=x",
                "ssh://web1?grace=soon | grace=soon",
                "ssh://web1?max-heap=much | max heap 'much'",
                "ssh://web1?host-keys=no | expected strict or accept-new",
                "ssh://web1?agent=maybe | expected true or false"
            })
    void whatCannotBeUnderstoodIsExplained(String spec, String explanation) {
        assertThatIllegalArgumentException().isThrownBy(() -> specs.parse(spec)).withMessageContaining(explanation);
    }
}
