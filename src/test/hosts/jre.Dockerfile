# One host with every Java that a target may have.
FROM debian:sid-slim AS jre

RUN apt-get update -q \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
        openssh-server procps strace \
        openjdk-8-jre-headless openjdk-11-jre-headless openjdk-17-jre-headless \
        openjdk-21-jre-headless openjdk-25-jre-headless \
    && rm -rf /var/lib/apt/lists/*

# Paths without the processor's name
RUN mkdir /opt/java && for n in 8 11 17 21 25; do ln -s /usr/lib/jvm/java-$n-openjdk-* /opt/java/$n; done

COPY files /etc/econtext
RUN sh /etc/econtext/set-up.sh
EXPOSE 22
ENTRYPOINT ["/usr/sbin/sshd", "-D", "-e", "-o", "PidFile=none"]
