package io.econtext;

/**
 * Gives a program a terminal where it asks for a password, as some ask nowhere else; Java can't. Its standard streams stay
 * what they are. Constants.
 *
 * <p>A perl or python program between us and it holds the terminal. At the first question there, which is an unfinished line
 * after which nothing that is typed would be shown, it prints {@link #PROMPT} to stderr and types the next line of stdin; it
 * never takes more of stdin than that. When {@link #STARTED} was run, whoever asks there gets no answer.
 */
final class Terminal {
    /** Asks for the password that is to be typed. */
    static final String PROMPT = "[econtext: the terminal asks]";

    static final String NO_HELPER = "econtext: neither perl with POSIX nor python3";
    static final String NO_TERMINAL = "econtext: no terminal";

    private static final String MARK = "[econtext: started]";

    /** Precedes the command line. */
    static final String STARTED = "echo '" + MARK + "' 2>/dev/null >/dev/tty;";

    private static final String PERL = ""
            + "use POSIX;"
            + "open M,q(+<),q(/dev/ptmx)or die qq(" + NO_TERMINAL + ": $!\\n);"
            // TIOCSPTLCK and TIOCGPTN, in the two ways in which machines write them
            + "$n=pack q(i),0;ioctl(M,0x40045431,$n)||ioctl(M,0x80045431,$n);"
            + "ioctl(M,0x80045430,$n)||ioctl(M,0x40045430,$n)||die qq(" + NO_TERMINAL + ": $!\\n);"
            // one end of ours, or reading would fail while nobody else has one
            + "$t=q(/dev/pts/).unpack q(i),$n;sysopen S,$t,O_RDWR|O_NOCTTY or die qq(" + NO_TERMINAL + ": $!\\n);"
            + "if(!($p=fork)){setsid;open C,q(+<),$t;exec{$ARGV[0]}@ARGV;print STDERR qq($ARGV[0]: $!\\n);_exit 127}"
            + "$SIG{CHLD}=sub{};"
            // the time-out is for a child that ends, or that hides what is typed, just before the wait
            + "while(!waitpid $p,WNOHANG){vec($r=q(),fileno M,1)=1;"
            + "if(select($r,undef,undef,1)>0){sysread M,$b,4096;$l.=$b;$d||=$l=~/\\Q" + MARK
            + "/;$l=~s/.*\\n|.*(?=.{99})//s}"
            + "$o=POSIX::Termios->new;$o->getattr(fileno S);next if$l eq q()||$o->getlflag&ECHO;$l=q();"
            + "if($d){syswrite M,qq(\\4);next}syswrite STDERR,q(" + PROMPT + ");next if$a++;"
            + "$w=q();while($w!~/\\n/){sysread STDIN,$w,1,length$w or exit 1}syswrite M,$w;$w=q()}"
            + "exit($?&127?128+($?&127):$?>>8)";

    private static final String PYTHON = ""
            + "from os import*\n"
            + "import sys,select,signal,fcntl\n"
            // what Debian calls a minimal python has no termios
            + "try:from termios import TCGETS as g\n"
            + "except ImportError:g=0x5401\n"
            + "try:m,s=openpty()\n"
            + "except OSError as x:sys.exit(\"" + NO_TERMINAL + ": %s\"%x)\n"
            + "t=ttyname(s)\n"
            + "p=fork()\n"
            + "if not p:\n"
            + " setsid();open(t,O_RDWR)\n"
            + " try:execvp(sys.argv[1],sys.argv[1:])\n"
            + " except OSError as x:write(2,(\"%s: %s\\n\"%(sys.argv[1],x)).encode())\n"
            + " _exit(127)\n"
            + "r,w=pipe();set_blocking(w,False)\n"
            + "signal.signal(signal.SIGCHLD,lambda *a:0);signal.set_wakeup_fd(w)\n"
            + "l=b\"\";d=a=0\n"
            + "while 1:\n"
            + " q,x=waitpid(p,WNOHANG)\n"
            + " if q:_exit(128+(x&127) if x&127 else x>>8)\n"
            + " f=select.select([m,r],[],[],1)[0]\n"
            + " if r in f:read(r,99)\n"
            + " if m in f:l+=read(m,4096);d|=b\"" + MARK + "\" in l;l=l.split(b\"\\n\")[-1][-99:]\n"
            + " if not l or int.from_bytes(fcntl.ioctl(s,g,bytes(64))[12:16],sys.byteorder)&8:continue\n"
            + " l=b\"\"\n"
            + " if d:\n"
            + "  write(m,b\"\\4\");continue\n"
            + " write(2,b\"" + PROMPT + "\");a+=1\n"
            + " if a>1:continue\n"
            + " k=b\"\"\n"
            + " while not k.endswith(b\"\\n\"):\n"
            + "  c=read(0,1);k+=c\n"
            + "  if not c:_exit(1)\n"
            + " write(m,k);k=0\n";

    private Terminal() {}

    /** For a shell, whose arguments are the program and its own. A method, so that it stands in this class alone. */
    static String script() {
        return "perl -MPOSIX -e 1 2>/dev/null&&exec perl -e '" + PERL + "' \"$@\";"
                + "command -v python3 >/dev/null&&exec python3 -c '" + PYTHON + "' \"$@\";"
                + "echo '" + NO_HELPER + "' >&2;exit 127";
    }
}
