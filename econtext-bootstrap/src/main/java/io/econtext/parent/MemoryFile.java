package io.econtext.parent;

/**
 * The two programs that hold the boot jar in a memory file and then become Java: one in perl, one in python. Constants.
 *
 * <p>Both are called with the stage script, the answer, (python only: what failed before,) the Java launcher and what
 * it is given, process name first; the descriptors are those of {@link StageScript}. {@code #N} stands for the length
 * of the boot jar. Neither has a single quote, as the script carries them in such. Where no memory file can be had they
 * become the script again, which goes on with the next way; nothing of the boot jar has been read by then.
 *
 * <p>What a dying JVM says in its two pipes would be lost with it, so both leave a child that holds them open too. It
 * ends when the JVM writes a line end to descriptor 8, as soon as that reads the pipes itself; if the JVM ends before,
 * the child copies what is in them to the real stderr.
 */
final class MemoryFile {
    private static final String KEEP_LAST_WORDS = "read x<&8||{ cat<&7;cat<&6;}>&5";

    static final String PERL = ""
            // only descriptors up to this one survive exec
            + "$^F=9;($s,$a,@j)=@ARGV;"
            + "sub e{exec qw(sh -c),$s,@_,$s,$a,@j}"
            // memfd_create's number by the ELF machine of this very process, which is right for 32 bits on 64 too
            + "open X,q(/proc/self/exe);read X,$x,20;"
            + "$m={62,319,183,279,243,279,258,279,22,350,21,360,3,356,40,385}->{unpack q(x18S),$x};"
            // 38 is ENOSYS; 1 is MFD_CLOEXEC, 8 MFD_NOEXEC_SEAL: needed where vm.memfd_noexec is 2, new in Linux 6.3
            + "$!=38;$n=q(econtext);$f=-1;"
            + "$m and$f<0and$f=syscall$m,$n,$_ for 9,1;"
            + "$f<0and e qq(perl: $!);"
            // 4 is F_SETFL: the transport's descriptors block from here on
            + "open F,qq(>&=$f);open I,q(<&=3);open O,q(>&=4);fcntl$_,4,0for I,O;"
            + "for($l=#N;$l;$l-=$r){$r=sysread I,$b,$l or e q(eof);syswrite F,$b}"
            // 1031 is F_SETPIPE_SZ: all of a crash report has to fit, as nobody reads while it is written
            + "pipe A,B;pipe C,D;pipe X,W;fcntl D,1031,1<<19;"
            // and the JVM and what it runs when it dies read only what there is; 2048 is O_NONBLOCK
            + "fcntl$_,4,2048for A,C;"
            // so the child leaves no zombie; Java takes this back before its own first child
            + "$SIG{CHLD}=IGNORE;"
            // reopening keeps the number of a descriptor up to $^F
            + "$i=6;for(A,C,X,F){open$i,qq(<&=$i);open$i++,qq(<&$_)}"
            + "(fork//1)||exec qw(sh -c),q(" + KEEP_LAST_WORDS + ");"
            + "open 8,q(<&W);open STDOUT,q(>&B);open STDERR,q(>&D);"
            + "exec{$j=shift@j}@j,6,7,5,$a,8;die qq($j: $!)";

    static final String PYTHON = ""
            + "from os import*\n"
            + "import sys,fcntl,signal as g\n"
            + "s,a,w,*j=sys.argv[1:]\n"
            + "def e(r):execlp(\"sh\",\"sh\",\"-c\",s,r,s,a,*j)\n"
            + "try:\n"
            + " try:f=memfd_create(\"econtext\",9)\n"
            + " except OSError:f=memfd_create(\"econtext\",1)\n"
            // also where it is unknown, before Python 3.8
            + "except Exception as x:e(\"%s, python3: %s\"%(w,x))\n"
            + "for i in 3,4:set_blocking(i,1)\n"
            + "l=#N\n"
            + "while l:\n"
            + " b=read(3,l);l-=len(b);write(f,b)\n"
            + " if not b:e(\"eof\")\n"
            + "p,o=pipe();q,d=pipe();x,u=pipe()\n"
            // refused to a user who has very many pipes
            + "try:fcntl.fcntl(d,1031,1<<19)\n"
            + "except:0\n"
            + "for i in p,q:set_blocking(i,0)\n"
            + "g.signal(17,g.SIG_IGN)\n"
            + "for i in(p,6),(q,7),(x,8),(f,9):dup2(*i)\n"
            + "if not fork():execlp(\"sh\",\"sh\",\"-c\",\"" + KEEP_LAST_WORDS + "\")\n"
            + "for i in(o,1),(d,2),(u,8):dup2(*i)\n"
            + "execvp(j[0],j[1:]+[\"6\",\"7\",\"5\",a,\"8\"])";

    private MemoryFile() {}
}
