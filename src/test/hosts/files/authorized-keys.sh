#!/bin/sh
# The keys come on the server's command line, made anew for every run, so that a host needs no writable file for them.
for key; do
    echo "ssh-ed25519 $key"
done
