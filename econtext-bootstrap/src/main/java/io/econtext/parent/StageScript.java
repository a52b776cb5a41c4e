package io.econtext.parent;

import io.econtext.ContextOptions;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The script that finds Java and a place for the boot jar, and becomes that Java. Used by one thread.
 *
 * <p>It is ASCII, as shells disagree on whether they count bytes or characters. Its descriptors:
 *
 * <pre>
 *   0  /dev/null                     5  the transport's stderr
 *   1  write end of pipe 6           6  read end of what is printed to stdout
 *   2  write end of pipe 7           7  read end of what is printed to stderr
 *   3  the protocol, in              8  takes a line end as soon as the JVM reads 6 and 7
 *   4  the protocol, out             9  the boot jar
 * </pre>
 *
 * On the plain sh way 1 and 2 are the transport's stderr, and 6, 7 and 8 are /dev/null.
 */
final class StageScript {
    /** Where Java is looked for after the PATH; each may have a bin/java. */
    private static final String JAVA_HOMES =
            "$JAVA_HOME /usr/lib/jvm/* /usr/java/* /opt/* /usr/local/* $HOME/.sdkman/candidates/java/current";

    /**
     * What a dying JVM runs, as its last words are in pipes that it alone reads: the long ones in that of stderr, the
     * short ones in that of stdout. Each cat fails where an empty pipe would block it.
     */
    private static final String LAST_WORDS = "cat<&7 >&5||cat<&6 >&5||echo";

    private static final String BY_CLASS = " -cp /proc/self/fd/9 io.econtext.core.Boot 3 4";
    private static final String BY_OPENS = " --add-opens=java.base/java.io=ALL-UNNAMED" + BY_CLASS;

    /** The system property with the login's {@code LC_ALL}; absent if that isn't set. */
    private static final String LOGIN_LOCALE = "econtext.LC_ALL";

    private final StringBuilder script = new StringBuilder();

    private StageScript() {}

    /** @param pipes whether the JVM can open descriptors by name; otherwise java.io is opened for it */
    static String of(ContextOptions options, int bootJarLength, boolean pipes) {
        return new StageScript().write(options, Integer.toString(bootJarLength), pipes ? BY_CLASS : BY_OPENS);
    }

    /**
     * Starts nothing, and tells what a start would meet: {@code name=value} for each finding, with a bar behind it. What is
     * missing has no value.
     */
    static String examination(ContextOptions options) {
        return new StageScript().examine(options);
    }

    private String examine(ContextOptions options) {
        add("f(){ echo;echo \"econtext-$a fail $*\";exit 1;};");
        add("unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS;");
        add("r=;p(){ k=$1;shift;r=\"$r$k=$*|\";};");
        add("p locale ${LC_ALL:-${LC_CTYPE:-$LANG}};");
        settings(options);
        add("set -f;p user $(id -un 2>/dev/null||id -u);p host $(uname -n);p system $(uname -sm);p shell $SHELL;");
        add("p perl $(perl -e 'printf \"%vd\",$^V' 2>/dev/null);");
        add("p python3 $(python3 -c 'import sys;print(sys.version.split()[0])' 2>/dev/null);");
        add("p proc $([ -e /proc/self/fd/0 ]&&echo yes);");
        add("w=;for d in /dev/shm /run/user/$(id -u) /run /tmp;do t=;");
        add("[ -r /proc/mounts ]&&while read x m y z;do [ $m = $d ]&&t=$y;done</proc/mounts;");
        add("case $t in tmpfs|ramfs)[ -w $d ]&&w=\"$w $d\";;esac;done;p ram $w;");
        if (options.java() != null) {
            add("j=").word(options.java()).add(";command -v \"$j\" >/dev/null||j=;");
        } else {
            add("set +f;h=\"" + JAVA_HOMES + "\";j=java;command -v $j >/dev/null||");
            add("for j in $h;do j=$j/bin/java;[ -x $j ]&&break;j=;done;set -f;");
        }
        add("p java $(command -v \"$j\");");
        add("p version $([ \"$j\" ]&&\"$j\" -XX:-UsePerfData -version 2>&1|");
        add("while read l;do case $l in *version*)echo $l;break;;esac;done);");
        add(
                "p memory $([ -r /proc/meminfo ]&&while read m n u;do [ $m = MemAvailable: ]&&echo $n;done</proc/meminfo);");
        return add("f report $r").script.toString();
    }

    private String write(ContextOptions options, String length, String start) {
        add("f(){ echo \"\necontext-$a fail $*\">&4;exit 1;};");
        // perl and python come back here with their reason as $0
        add("case $0 in e)");
        add("exec 3<&0 4>&1 5>&2 <>/dev/null 6<&0 7<&0 8<&0 9<&0 >&2;");
        add("ulimit -c 0;unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS;");
        settings(options);
        java(options.java());
        add("[ -e /proc/self/fd/9 ]||f noway no /proc;");
        add("d=\"" + LAST_WORDS + "\";");
        add("set -- \"$j\" ").add(processName(options.processName()));
        // a word at the end, as the JVM may have read what it printed and end before that is sent
        add(" -XX:OnError=\"$d crash>&5\" -XX:OnOutOfMemoryError=\"$d OutOfMemoryError>&5\" \"$@\"");
        for (String option : JvmOptions.of(options)) {
            add(" ").word(option);
        }
        locale(options, start);
        add("command -v perl>&9&&exec perl -e '" + MemoryFile.PERL.replace("#N", length)
                + "' \"$s\" $a \"$@\";w=no\\ perl;;");
        add("*)w=$0 s=$1 a=$2;shift 2;esac;");
        add("case $w in eof)f eof boot jar;;*py*);;*)command -v python3>&9&&exec python3 -SE -c '"
                + MemoryFile.PYTHON.replace("#N", length) + "' \"$s\" $a \"$w\" \"$@\";w=\"$w, no python3\";esac;");
        ramFile(options.diskDirectory(), length);
        return script.toString();
    }

    /** Java takes file names for UTF-8 in such a locale only; children of the context get the login's own again. */
    private void locale(ContextOptions options, String start) {
        if (options.environment().containsKey("LC_ALL")) {
            add(start + ";");
        } else {
            add(" ${LC_ALL+\"-D" + LOGIN_LOCALE + "=$LC_ALL\"}" + start + ";export LC_ALL=C.UTF-8;");
        }
    }

    private static String processName(String configured) {
        return configured == null ? ProcessName.ofThisProcess() : ProcessName.sanitized(configured);
    }

    private void settings(ContextOptions options) {
        if (options.umask() != null) {
            add("umask ").add(options.umask()).add(";");
        }
        if (options.directory() != null) {
            add("cd ")
                    .word(options.directory())
                    .add("||f other no directory ")
                    .word(options.directory())
                    .add(";");
        }
        for (Map.Entry<String, String> variable : options.environment().entrySet()) {
            add("export ")
                    .add(variable.getKey())
                    .add("=")
                    .word(variable.getValue())
                    .add(";");
        }
    }

    private void java(String configured) {
        if (configured != null) {
            add("j=").word(configured).add(";command -v \"$j\">&9||f nojava \"$j\";");
        } else {
            add("h=\"" + JAVA_HOMES + "\";j=java;command -v $j>&9||{ ");
            add("for j in $h;do j=$j/bin/java;[ -x $j ]&&break;j=;done;[ $j ]||f nojava \"PATH $h\";};");
        }
    }

    /**
     * Without an interpreter: a file on a RAM file system, or in the one directory on disk that the user allows; its name
     * is gone before anything is in it.
     */
    private void ramFile(String disk, String length) {
        add("for d in /dev/shm /run/user/$(id -u) /run /tmp");
        if (disk != null) {
            add(" ").word(disk);
        }
        add(";do ");
        add("t=;while read x m y z;do [ $m = \"$d\" ]&&t=$y;done</proc/mounts;");
        add("p=$d/.econtext$$;");
        // $$ can be foreseen, so the file has to be new, and nobody else's
        add("case $t:$d in tmpfs:*|ramfs:*");
        if (disk != null) {
            add("|*:").word(disk);
        }
        add(")if(umask 77;set -C;>\"$p\")then ");
        add("exec 9<>\"$p\";rm \"$p\";");
        add("while l=$((" + length + "-$(wc -c</proc/self/fd/9)));[ $l -gt 0 ];do ");
        add("e=$(dd bs=$l count=1 2>&1 <&3 >&9);");
        add("case $e in *unav*)sleep .1||sleep 1;;0+0*)f eof boot jar;;dd*)f noway $e;esac;done;");
        add("j=$1 t=$2;shift 2;set -- -Decontext=$t \"$@\" -1 -1 5 $a 8;");
        add("(exec -a x true)2>&8&&exec -a $t \"$j\" \"$@\";exec \"$j\" \"$@\";");
        add("fi;w=\"$w, $d not writable\";;*)w=\"$w, $d not in RAM\";esac;done;f noway $w");
    }

    private StageScript add(String text) {
        script.append(text);
        return this;
    }

    /** One word for sh whatever is in it, in ASCII. */
    private StageScript word(String text) {
        if (plain(text)) {
            return add(text);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        script.append('\'');
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                throw new IllegalArgumentException("a zero character in '" + text + "'");
            } else if (bytes[i] == '\'') {
                script.append("'\\''");
            } else if (bytes[i] > 0) {
                script.append((char) bytes[i]);
            } else {
                script.append("'\"$(printf '");
                for (; i < bytes.length && bytes[i] < 0; i++) {
                    script.append('\\').append(Integer.toOctalString(bytes[i] & 0xff));
                }
                script.append("')\"'");
                i--;
            }
        }
        script.append('\'');
        return this;
    }

    private static boolean plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9'
                    || c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || "@:._/+-=,%".indexOf(c) >= 0)) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
