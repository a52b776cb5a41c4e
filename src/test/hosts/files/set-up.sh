#!/bin/sh
# Makes the users. What each is for stands in sshd.conf and in Hosts.java. Homes are empty, as what is in them costs time.
set -eu
cd /etc/econtext

add() {
    name=$1 shell=$2
    shift 2
    [ -x "$shell" ] || return 0
    mkdir -p /var/empty
    useradd --create-home --skel /var/empty --shell "$shell" "$@" "$name"
    # a hash that no password has, as ! would lock the account
    usermod --password '*' "$name"
}

for name in deploy stranger banner forced single java8 java11 java17 java21 java25; do
    add "$name" /bin/bash
done
for name in password interactive; do
    add "$name" /bin/bash
    echo "$name:correct horse" | chpasswd
done
add locked /bin/bash
usermod --expiredate 1 locked
add homeless /bin/bash
rm -r /home/homeless
add chatty /bin/bash
cp chatty.sh /home/chatty/.bashrc

add dash /bin/dash
add csh /bin/tcsh
add fish /usr/bin/fish
add zsh /bin/zsh
add busybox /opt/busybox/sh

chmod 755 ./*.sh
# the message of the day is made by every login, in a file
sed -i /pam_motd/d /etc/pam.d/sshd
cp sshd.conf /etc/ssh/sshd_config.d/econtext.conf
mkdir -p /run/sshd
# Newer servers turn away an address for seconds after a failed login, and tests fail to log in all the time.
if /usr/sbin/sshd -G -o PerSourcePenalties=no >/dev/null 2>&1; then
    echo 'PerSourcePenalties no' >/etc/ssh/sshd_config.d/no-penalties.conf
fi
