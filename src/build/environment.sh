# What the launcher for a shell does before it starts Java.

# without a locale Java takes names for ASCII
case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
    '' | C | POSIX)
        LC_ALL=C.UTF-8
        export LC_ALL
        ;;
esac
if [ -t 1 ]; then
    JAVA_OPTS="${JAVA_OPTS:-} -Dparc.out.terminal=true"
    COLUMNS=$(stty size 2>/dev/null </dev/tty | cut -d ' ' -f 2) || true
    export COLUMNS # how wide the terminal is; a shell does not tell by itself
fi
[ -t 2 ] && JAVA_OPTS="${JAVA_OPTS:-} -Dparc.err.terminal=true"
true
