package io.econtext.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.econtext.ConnectBack;
import io.econtext.ContextOptions;
import io.econtext.HostKeys;
import io.econtext.Local;
import io.econtext.Secret;
import io.econtext.Ssh;
import io.econtext.Way;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecsTest {

    private final Specs specs = new Specs();

    private Way way(String spec) {
        return specs.parse(spec).way();
    }

    /** What the way's program is started with. */
    private List<String> words(String spec) {
        return way(spec).launch().process("exec sh").command();
    }

    @Test
    void localIsThisMachine() {
        assertThat(way("local:"))
                .isInstanceOfSatisfying(
                        Local.class, local -> assertThat(local.name()).isEqualTo("local"));
        assertThat(way("local:?name=worker&java=/opt/java").name()).isEqualTo("worker");
        assertThat(way("local:?java=/opt/java").options().java()).isEqualTo("/opt/java");
    }

    @Test
    void sshNamesUserHostAndPort() {
        assertThat(way("ssh://deploy@web1.example:2222")).isInstanceOfSatisfying(Ssh.class, ssh -> {
            assertThat(ssh.user()).isEqualTo("deploy");
            assertThat(ssh.host()).isEqualTo("web1.example");
            assertThat(ssh.port()).isEqualTo(2222);
            assertThat(ssh.name()).isEqualTo("web1.example");
            assertThat(ssh.hostKeys()).isEqualTo(HostKeys.STRICT);
        });
        assertThat(way("ssh://web1/"))
                .isInstanceOfSatisfying(Ssh.class, ssh -> assertThat(ssh.host()).isEqualTo("web1"));
        assertThat(way("ssh://[::1]:22"))
                .isInstanceOfSatisfying(Ssh.class, ssh -> assertThat(ssh.host()).isEqualTo("::1"));
    }

    @Test
    void optionsAreDecodedAndMayBeRepeated() {
        Ssh ssh = (Ssh) way("ssh://web1?identity=/keys/a%26b&identity=/keys/c&known-hosts=/etc/hosts+keys"
                + "&host-keys=accept-new&pinned-key=SHA256:abc&agent=false&tunnelled=true&config=&name=front"
                + "&jvm-option=-Da=1&jvm-option=-Db=2&max-heap=64m&connect-timeout=5s&workers=2&reconnect=2s"
                + "&on-stuck=end-context&values=jackson");

        assertThat(ssh.identities()).containsExactly("/keys/a&b", "/keys/c");
        assertThat(ssh.knownHostsFile()).isEqualTo("/etc/hosts+keys");
        assertThat(ssh.hostKeys()).isEqualTo(HostKeys.ACCEPT_NEW);
        assertThat(ssh.pinnedKey()).isEqualTo("SHA256:abc");
        assertThat(ssh.usesAgent()).isFalse();
        assertThat(ssh.isTunnelled()).isTrue();
        assertThat(((Ssh) way("ssh://web1")).isTunnelled()).isFalse();
        assertThat(ssh.configFile()).isEmpty();
        assertThat(ssh.name()).isEqualTo("front");
        assertThat(ssh.options().jvmOptions()).containsExactly("-Da=1", "-Db=2");
        assertThat(ssh.options().maxHeap()).isEqualTo("64m");
        assertThat(ssh.options().connectTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(ssh.options().workers()).isEqualTo(2);
        assertThat(ssh.options().isEndedWhenStuck()).isTrue();
        assertThat(ssh.options().hasValuesByJackson()).isTrue();
        assertThat(ssh.options().reconnect().first()).hasSeconds(2);
        assertThat(ssh.options().reconnect().longest()).hasMinutes(1);
    }

    @Test
    void defaultsHoldWhereTheSpecificationSaysNothing() {
        Specs withDefaults = specs.withDefaults(
                ContextOptions.builder().java("/opt/java").workers(3).build());

        assertThat(withDefaults.parse("local:?workers=4").way().options().java())
                .isEqualTo("/opt/java");
        assertThat(withDefaults.parse("local:?workers=4").way().options().workers())
                .isEqualTo(4);
    }

    @Test
    void aPasswordIsHandedInBesideTheSpecification() {
        Secret secret = Secret.of("geheim");

        assertThat(specs.withPassword(secret).parse("ssh://web1").way())
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
                "sudo://root:geheim",
                "su://root:geheim@web1",
                "doas://root?password=geheim&via=web1",
                "docker://box?password=geheim",
                "exec:?command=x&password=geheim",
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
    @ValueSource(
            strings = {
                "sudo://root",
                "su://postgres",
                "doas://root",
                "docker://box?user=app&host=tcp://build1:2375",
                "podman://box?user=app&url=ssh://core@build1/run/podman.sock",
                "kubectl://deployment/web?context=prod&namespace=shop&container=app",
                "lxc://box?path=/srv/lxc",
                "lxd://remote:box?project=shop&user=1000",
                "incus://box?project=shop&user=1000",
                "chroot:///srv/root?user=app",
                "nsenter://4711?namespaces=mount,net",
                "exec:?command=dzdo%20-u%20app",
                "local:?connect-back=controller.example:7070",
                "docker://box?user=app&connect-back=[2001:db8::1]:0"
            })
    void theAddressOfEveryWayIsItsSpecification(String spec) {
        Way way = way(spec);

        assertThat(way.address()).isEqualTo(spec);
        assertThat(way(spec + (spec.indexOf('?') < 0 ? "?" : "&") + "name=x&workers=3"))
                .satisfies(named -> assertThat(named.name()).isEqualTo("x"))
                .satisfies(named -> assertThat(named.options().workers()).isEqualTo(3));
    }

    @Test
    void optionsOfAProgramReachIt() {
        assertThat(words("sudo://root?login=true&program=/opt/sudo"))
                .startsWith("/opt/sudo", "-H")
                .contains("-l");
        assertThat(words("sudo://root?login=false")).doesNotContain("-l");
        assertThat(words("su://app?shell=/bin/bash&login=true")).contains("-l", "-s", "/bin/bash");
        assertThat(words("exec:?command=dzdo&one-line=true&asks=terminal")).startsWith("sh", "-c");
        assertThat(way("exec:?command=dzdo&asks=stdin").launch().asksPassword()).isTrue();
        assertThat(way("exec:?command=dzdo").launch().asksPassword()).isFalse();
    }

    @Test
    void anyWayCanBeOneThatCallsBack() {
        assertThat(way("ssh://deploy@web1?connect-back=controller.example:7070&workers=3"
                        + "&connect-back-listen=127.0.0.1:7071&connect-back-from=web1&connect-back-from=web2"
                        + "&connect-back-token-lifetime=5"))
                .isInstanceOfSatisfying(ConnectBack.class, back -> {
                    assertThat(back.through()).isInstanceOf(Ssh.class);
                    assertThat(back.name()).isEqualTo("web1");
                    assertThat(back.options().workers()).isEqualTo(3);
                    assertThat(back.host()).isEqualTo("controller.example");
                    assertThat(back.port()).isEqualTo(7070);
                    assertThat(back.bindAddress()).isEqualTo("127.0.0.1");
                    assertThat(back.listenPort()).isEqualTo(7071);
                    assertThat(back.from()).containsExactly("web1", "web2");
                    assertThat(back.tokenLifetime()).hasSeconds(5);
                    assertThat(back.keys()).isNull();
                });
        assertThat(way("local:?connect-back=:7070&connect-back-listen=[::1]&connect-back-from=anywhere"))
                .isInstanceOfSatisfying(ConnectBack.class, back -> {
                    assertThat(back.host()).isNotEmpty();
                    assertThat(back.bindAddress()).isEqualTo("::1");
                    assertThat(back.listenPort()).isEqualTo(7070);
                    assertThat(back.isFromAnywhere()).isTrue();
                });
    }

    @Test
    void whatIsTunnelledThroughAnotherContextCanCallBack() {
        Spec spec = specs.parse("ssh://web2?via=web1&tunnelled=true&connect-back=:0");

        assertThat(spec.way()).isInstanceOf(ConnectBack.class);
        assertThat(spec.via()).isEqualTo("web1");
    }

    @Test
    void theKeysOfABundleAreLookedForWhenTheyAreNeeded() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        Specs withKeys = specs.withKeys(bundle -> {
            assertThat(bundle).isEqualTo("controller");
            return store;
        });
        String spec = "local:?connect-back=:0&connect-back-ssl-bundle=controller";

        assertThat(((ConnectBack) withKeys.parse(spec).way()).keys()).isSameAs(store);
        assertThatIllegalArgumentException().isThrownBy(() -> ((ConnectBack) way(spec)).keys());
    }

    @Test
    void viaIsANameOrASpecification() {
        assertThat(specs.parse("sudo://root?via=web1").via()).isEqualTo("web1");
        assertThat(specs.parse("sudo://root?via=ssh://deploy@web1?agent=false%26config=")
                        .via())
                .isEqualTo("ssh://deploy@web1?agent=false&config=");
        assertThat(specs.parse("sudo://root").via()).isNull();
    }

    @Test
    void aNumberOfTimeWithoutAUnitIsSeconds() {
        assertThat(way("local:?connect-timeout=5").options().connectTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(way("local:?grace=500ms").options().grace()).isEqualTo(Duration.ofMillis(500));
        assertThat(way("local:?heartbeat=PT1M").options().heartbeat()).isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "web1 | 'web1' names no way in",
                ":web1 | names no way in",
                "ftp://web1 | 'ftp:' is no way in",
                "ssh:web1 | 'ssh:' needs '//' and behind it the host",
                "ssh:// | 'ssh:' needs '//' and behind it the host",
                "sudo: | 'sudo:' needs '//' and behind it the user",
                "docker:box | 'docker:' needs '//' and behind it the container",
                "docker:// | 'docker:' needs '//' and behind it the container; expected local:, ssh://",
                "exec: | 'exec:' needs the option 'command'",
                "exec:ls | 'exec:' takes nothing but options, not 'ls'",
                "nsenter://x | expected a whole number",
                "nsenter://1?namespaces=moon | namespaces=moon: 'moon' is none of mount",
                "sudo://-u | user '-u' is empty or begins with a dash",
                "sudo://root?login=yes | login=yes: expected true or false",
                "sudo://root?via= | via= names no context",
                "exec:?command=x&asks=me | asks=me: expected stdin or terminal",
                "lxd://box?user=app | user=app: expected a whole number",
                "sudo://root?identity=x | unknown option 'identity'; allowed are allow-disk, call-timeout",
                "ssh://web1:abc | expected [user@]host[:port]",
                "ssh://web1:99999 | port 99999",
                "local:web1 | 'local:' takes nothing but options, not 'web1'",
                "local:?identity=x | unknown option 'identity'; allowed are allow-disk",
                "ssh://web1?colour=red | unknown option 'colour'; allowed are agent",
                "ssh://web1?name | not of the form name=value",
                "ssh://web1?name=a&name=b | option name is given 2 times",
                "ssh://web1?workers=0 | workers=0: workers 0 is not between",
                "ssh://web1?workers=x | ssh://web1: workers=x: expected a whole number",
                "ssh://web1?values=json | values=json: expected fields or jackson",
                "ssh://web1?grace=soon | grace=soon: expected a duration such as 5s",
                "ssh://web1?max-heap=much | max heap 'much'",
                "ssh://web1?port=x | port=x: expected a whole number",
                "ssh://web1?host-keys=no | expected strict or accept-new",
                "local:?connect-back= | connect-back=: expected host, host:port or :port",
                "local:?connect-back=::1 | expected host, host:port or :port; an IPv6 address in brackets",
                "local:?connect-back=here:99999 | port 99999 is not between 0 and 65535",
                "local:?connect-back=:0&connect-back-listen=here:port | connect-back-listen=here:port: expected host",
                "local:?connect-back=:0&connect-back-token-lifetime=0 | a token needs a lifetime",
                "local:?connect-back-from=web1 | unknown option 'connect-back-from'; allowed are allow-disk",
                "sudo://root?via=web1&connect-back=:0 | only what this program starts itself can call back",
                "ssh://web1?agent=maybe | expected true or false"
            })
    void whatCannotBeUnderstoodIsExplained(String spec, String explanation) {
        assertThatIllegalArgumentException().isThrownBy(() -> specs.parse(spec)).withMessageContaining(explanation);
    }
}
