# Hosts that lack something, one target for each. Without BuildKit the stages above the target are built too.
FROM debian:bookworm-slim AS no-java
RUN apt-get update -q \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
        openssh-server procps python3-minimal busybox fish tcsh zsh \
    && rm -rf /var/lib/apt/lists/*
RUN mkdir /opt/busybox && busybox --install -s /opt/busybox
COPY files /etc/econtext
RUN sh /etc/econtext/set-up.sh
EXPOSE 22
ENTRYPOINT ["/usr/sbin/sshd", "-D", "-e", "-o", "PidFile=none"]

FROM no-java AS old-java
RUN cp /etc/econtext/old-java.sh /usr/bin/java

FROM no-java AS everything
RUN apt-get update -q \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends openjdk-17-jre-headless strace \
    && rm -rf /var/lib/apt/lists/*

# Packages need perl to install and fish needs python, so both are there first and then one goes, or both.
FROM everything AS perl
RUN rm /usr/bin/python3*

FROM everything AS python
RUN rm /usr/bin/perl*

FROM perl AS plain
RUN rm /usr/bin/perl*
