#!/bin/sh
# Who may become whom. What each user is for stands in Hosts.java.
set -eu

for name in asker german chinese once terminal free partial outsider nosu; do
    useradd --create-home --skel /var/empty --shell /bin/bash "$name"
    echo "$name:correct horse" | chpasswd
done
echo 'root:battery staple' | chpasswd

cat >/etc/sudoers.d/econtext <<END
Defaults lecture=always
Defaults:once passwd_tries=1
Defaults:terminal requiretty
asker, german, chinese, once, terminal ALL=(ALL) ALL
free ALL=(ALL) NOPASSWD: ALL
partial ALL=(ALL) /bin/true
END
chmod 440 /etc/sudoers.d/econtext

cat >/etc/doas.conf <<END
permit asker
permit german
permit nopass free
END

sed -i '1i auth requisite pam_wheel.so deny group=nosu' /etc/pam.d/su

cat >/etc/ssh/sshd_config.d/users.conf <<END
Match User german
    SetEnv LC_ALL=de_DE.UTF-8
Match User chinese
    SetEnv LC_ALL=zh_CN.UTF-8
END
