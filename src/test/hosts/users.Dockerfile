# A host where one user becomes another: sudo, su and doas, in English, German and Chinese.
FROM debian:bookworm-slim AS users

# Slim images leave translations out, of what is installed already too.
RUN rm -f /etc/dpkg/dpkg.cfg.d/docker* \
    && apt-get update -q \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends --reinstall libpam-runtime login \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
        openssh-server openssh-client procps tcsh sudo opendoas python3-minimal openjdk-17-jre-headless \
        locales util-linux-locales \
    && rm -rf /var/lib/apt/lists/*
RUN printf 'de_DE.UTF-8 UTF-8\nzh_CN.UTF-8 UTF-8\n' >/etc/locale.gen && locale-gen
# What drops packets
RUN apt-get update -q \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends iptables \
    && rm -rf /var/lib/apt/lists/*

COPY files /etc/econtext
RUN sh /etc/econtext/set-up.sh && sh /etc/econtext/users.sh
EXPOSE 22
ENTRYPOINT ["/usr/sbin/sshd", "-D", "-e", "-o", "PidFile=none"]

FROM users AS podman
RUN apt-get update -q \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends podman crun \
    && rm -rf /var/lib/apt/lists/*
