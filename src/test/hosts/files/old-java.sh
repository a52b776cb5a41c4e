#!/bin/sh
# Stands in for Java 7, which no distribution has any more: the same words, the same exit status.
for argument; do
    case $argument in
        -version)
            echo 'java version "1.7.0_80"' >&2
            echo 'Java(TM) SE Runtime Environment (build 1.7.0_80-b15)' >&2
            echo 'Java HotSpot(TM) 64-Bit Server VM (build 24.80-b11, mixed mode)' >&2
            exit 0 ;;
        -XX:+IgnoreUnrecognizedVMOptions) lenient=yes ;;
        -XX:*ErrorFileToStderr) unknown=${unknown:-ErrorFileToStderr} ;;
    esac
done
if [ -n "$unknown" ] && [ -z "$lenient" ]; then
    echo "Unrecognized VM option '$unknown'" >&2
    echo 'Error: Could not create the Java Virtual Machine.' >&2
    echo 'Error: A fatal exception has occurred. Program will exit.' >&2
    exit 1
fi
echo 'Exception in thread "main" java.lang.UnsupportedClassVersionError: io/econtext/core/Main :' \
    'Unsupported major.minor version 52.0' >&2
echo '	at java.lang.ClassLoader.defineClass1(Native Method)' >&2
exit 1
