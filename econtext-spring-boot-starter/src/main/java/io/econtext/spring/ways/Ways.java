package io.econtext.spring.ways;

import io.econtext.Chroot;
import io.econtext.CommandLine;
import io.econtext.Doas;
import io.econtext.Docker;
import io.econtext.HostKeys;
import io.econtext.Incus;
import io.econtext.Kubectl;
import io.econtext.Local;
import io.econtext.Lxc;
import io.econtext.Lxd;
import io.econtext.Nsenter;
import io.econtext.Podman;
import io.econtext.ProgramWay;
import io.econtext.Ssh;
import io.econtext.Su;
import io.econtext.Sudo;
import io.econtext.Way;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes ways in of their names, what they lead to, and options. Stateless. */
public final class Ways {
    private static final Map<String, Form> FORMS = new LinkedHashMap<>();

    static {
        FORMS.put("local", new Form(null, Ways::local));
        FORMS.put("ssh", new Form("host", Ways::ssh));
        FORMS.put("sudo", new Form("user", Ways::sudo));
        FORMS.put("su", new Form("user", Ways::su));
        FORMS.put("doas", new Form("user", Ways::doas));
        FORMS.put("docker", new Form("container", Ways::docker));
        FORMS.put("podman", new Form("container", Ways::podman));
        FORMS.put("kubectl", new Form("pod", Ways::kubectl));
        FORMS.put("lxc", new Form("container", Ways::lxc));
        FORMS.put("lxd", new Form("instance", Ways::lxd));
        FORMS.put("incus", new Form("instance", Ways::incus));
        FORMS.put("chroot", new Form("root", Ways::chroot));
        FORMS.put("nsenter", new Form("pid", Ways::nsenter));
        FORMS.put("exec", new Form("command", Ways::exec));
    }

    private Ways() {}

    /** Makes a way of what it leads to, which is empty where the form has no place, and of options. */
    private interface Maker {
        Way make(String place, WayOptions options);
    }

    private record Form(@Nullable String place, Maker maker) {}

    /** The names of all ways. */
    public static Set<String> names() {
        return FORMS.keySet();
    }

    /** What a way leads to, such as {@code container}; {@code null} if that is this machine. */
    public static @Nullable String place(String name) {
        return FORMS.get(name).place();
    }

    /**
     * @param name one of {@link #names}
     * @param place what it leads to
     * @throws IllegalArgumentException if that can't be
     */
    public static Way make(String name, String place, WayOptions options) {
        return FORMS.get(name).maker().make(place, options);
    }

    private static Way local(String place, WayOptions options) {
        Local local = Local.process().with(options.common());
        return options.name() == null ? local : local.named(options.name());
    }

    private static Way ssh(String place, WayOptions options) {
        Ssh.Builder ssh = Ssh.to(place);
        options.one("user", ssh::user);
        options.number("port", ssh::port);
        options.each("identity", ssh::identity);
        options.one("known-hosts", ssh::knownHostsFile);
        options.one("host-keys", value -> ssh.hostKeys(hostKeys(value)));
        options.one("pinned-key", ssh::pinnedKey);
        options.one("config", ssh::configFile);
        options.one("agent", value -> ssh.agent(WayOptions.isTrue(value)));
        options.one("tunnelled", value -> ssh.tunnelled(WayOptions.isTrue(value)));
        if (options.name() != null) {
            ssh.named(options.name());
        }
        return ssh.password(options.password())
                .passphrase(options.passphrase())
                .with(options.common())
                .build();
    }

    private static HostKeys hostKeys(String value) {
        return switch (value) {
            case "strict" -> HostKeys.STRICT;
            case "accept-new" -> HostKeys.ACCEPT_NEW;
            default -> throw new IllegalArgumentException("expected strict or accept-new");
        };
    }

    private static Way sudo(String user, WayOptions options) {
        Sudo.Builder sudo = Sudo.to(user).password(options.password());
        options.flag("login", sudo::login);
        options.flag("terminal", sudo::terminal);
        return program(sudo, options);
    }

    private static Way su(String user, WayOptions options) {
        Su.Builder su = Su.to(user).password(options.password());
        options.flag("login", su::login);
        options.one("shell", su::shell);
        return program(su, options);
    }

    private static Way doas(String user, WayOptions options) {
        return program(Doas.to(user).password(options.password()), options);
    }

    private static Way docker(String container, WayOptions options) {
        Docker.Builder docker = Docker.container(container);
        options.one("user", docker::user);
        options.one("host", docker::host);
        return program(docker, options);
    }

    private static Way podman(String container, WayOptions options) {
        Podman.Builder podman = Podman.container(container);
        options.one("user", podman::user);
        options.one("url", podman::url);
        return program(podman, options);
    }

    private static Way kubectl(String pod, WayOptions options) {
        Kubectl.Builder kubectl = Kubectl.pod(pod);
        options.one("context", kubectl::context);
        options.one("namespace", kubectl::namespace);
        options.one("container", kubectl::container);
        return program(kubectl, options);
    }

    private static Way lxc(String container, WayOptions options) {
        Lxc.Builder lxc = Lxc.container(container);
        options.one("path", lxc::path);
        return program(lxc, options);
    }

    private static Way lxd(String instance, WayOptions options) {
        Lxd.Builder lxd = Lxd.instance(instance);
        options.one("project", lxd::project);
        options.number("user", lxd::user);
        return program(lxd, options);
    }

    private static Way incus(String instance, WayOptions options) {
        Incus.Builder incus = Incus.instance(instance);
        options.one("project", incus::project);
        options.number("user", incus::user);
        return program(incus, options);
    }

    private static Way chroot(String root, WayOptions options) {
        Chroot.Builder chroot = Chroot.to(root);
        options.one("user", chroot::user);
        return program(chroot, options);
    }

    private static Way nsenter(String pid, WayOptions options) {
        Nsenter.Builder nsenter = Nsenter.process(WayOptions.whole(pid));
        List<String> kinds = new ArrayList<>();
        options.each("namespaces", value -> {
            kinds.addAll(List.of(value.split(",")));
            nsenter.namespaces(kinds.toArray(String[]::new));
        });
        return program(nsenter, options);
    }

    private static Way exec(String command, WayOptions options) {
        CommandLine.Builder line = CommandLine.shell(command);
        options.flag("one-line", line::oneLine);
        options.one("asks", value -> {
            switch (value) {
                case "stdin" -> line.password(options.password());
                case "terminal" -> line.passwordOnTerminal(options.password());
                default -> throw new IllegalArgumentException("expected stdin or terminal");
            }
        });
        return built(line, options);
    }

    private static <B extends ProgramWay.Builder<B>> Way program(B builder, WayOptions options) {
        options.one("program", builder::program);
        return built(builder, options);
    }

    private static <B extends ProgramWay.Builder<B>> Way built(B builder, WayOptions options) {
        if (options.name() != null) {
            builder.named(options.name());
        }
        return builder.with(options.common()).build();
    }
}
