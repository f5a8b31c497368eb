#!/bin/sh
# Where results go: standard output, and files that are whole or untouched.

# shellcheck disable=SC1091,SC2154,SC2317
. "$TOP/tests/cli/tap"
articles
"$STEMMA" compare -f wdiff old.txt new.txt >whole

# More than a pipe holds.
awk 'BEGIN { for (i = 0; i < 30000; i++) print "Paragraph " i " it is.\n" }' \
    >large
{ cat large; echo 'One more.'; } >large2

# nothing_left: of temporary files.
nothing_left()
{
    for file in .[!.]*; do
        [ -e "$file" ] || continue
        echo "left: $file"
        return 1
    done
}

full_disk()
{
    status=0
    "$STEMMA" compare old.txt new.txt >/dev/full 2>err || status=$?
    : >out
    said_trouble 'standard output: No space left on device'
}
t 'a full disk under standard output is trouble' full_disk

closed()
{
    status=0
    "$STEMMA" compare old.txt new.txt 2>err >&- || status=$?
    : >out
    said_trouble 'standard output: Bad file descriptor'
}
t 'closed standard output is trouble' closed

closed_stderr()
{
    status=0
    "$STEMMA" compare none.txt new.txt >out 2>&- || status=$?
    [ "$status" -eq 2 ] && [ ! -s out ] || return
    status=0
    "$STEMMA" compare -o made none.txt new.txt >out 2>&- || status=$?
    [ "$status" -eq 2 ] && [ ! -e made ]
}
t 'closed standard error changes nothing else' closed_stderr

# A shell reports the end by a signal as 128 and its number.
left()
{
    { "$STEMMA" compare -f wdiff large large2 2>err; echo $? >status; } |
        head -n 1 >line
    [ "$(cat status)" -eq 141 ] && [ ! -s err ] && [ -s line ]
}
t 'a reader who leaves ends it quietly' left
left_ignored()
{
    trap '' PIPE
    left
}
t 'a reader who leaves ends it quietly where SIGPIPE is ignored' left_ignored

to_file()
{
    ends 1 compare -f wdiff -o made old.txt new.txt && [ ! -s out ] &&
        cmp made whole && nothing_left
}
t '-o writes to a file and nothing to standard output' to_file

same_mode()
{
    echo before >made
    chmod 640 made
    ends 1 compare -f wdiff -o made old.txt new.txt && cmp made whole &&
        [ "$(stat -c %a made)" = 640 ]
}
t '-o keeps the permissions of the file' same_mode

new_mode()
{
    umask 027
    ends 1 compare -f wdiff -o fresh old.txt new.txt &&
        [ "$(stat -c %a fresh)" = 640 ]
}
t '-o gives a new file the permissions that others would have' new_mode

over_input()
{
    cp old.txt both
    ends 1 compare -f wdiff -o both both new.txt
    sed 's/both/old.txt/' both >renamed
    cmp renamed whole
}
t '-o may name a file that is read' over_input

over_large_input()
{
    cp large both
    "$STEMMA" compare -f wdiff large large2 >expected
    ends 1 compare -f wdiff -o both both large2 &&
        sed 's/both/large/' both >renamed && cmp renamed expected
}
t '-o may name a large file that is read' over_large_input

links()
{
    mkdir -p folder
    echo before >folder/real
    ln -s real folder/second
    ln -s folder/second first
    ends 1 compare -f wdiff -o first old.txt new.txt &&
        [ -L first ] && [ -L folder/second ] && [ ! -L folder/real ] &&
        cmp folder/real whole
}
t '-o follows symbolic links' links

dangling()
{
    mkdir -p folder
    ln -s folder/none dangling
    ends 1 compare -f wdiff -o dangling old.txt new.txt &&
        [ -L dangling ] && cmp folder/none whole
}
t '-o follows a symbolic link to a file that is not there yet' dangling

loop()
{
    ln -s loop loop
    trouble 'loop: Too many levels of symbolic links' \
        compare -o loop old.txt new.txt
}
t '-o notices a loop of links' loop

t '-o does not write to a folder' trouble '.: Is a directory' \
    compare -o . old.txt new.txt
t '-o needs a folder to write in' trouble \
    'none/made: No such file or directory' compare -o none/made old.txt new.txt
t '-o writes to a device in place' ends 1 compare -o /dev/null old.txt new.txt
device_stays()
{
    [ -c /dev/null ] && [ -c /dev/full ]
}
t '-o leaves a device what it is' device_stays
t '-o to a full device is trouble' trouble \
    '/dev/full: No space left on device' compare -o /dev/full old.txt new.txt

dash()
{
    ends 1 compare -f wdiff -o - old.txt new.txt && cmp out whole &&
        [ ! -e ./- ]
}
t '-o - is standard output' dash

untouched()
{
    echo before >made
    trouble 'none.txt: No such file or directory' \
        compare -o made none.txt new.txt && [ "$(cat made)" = before ]
}
t '-o leaves the file alone when a text cannot be read' untouched

# A file that may not grow past 4 KB stands for a full disk.
too_large()
{
    echo before >made
    status=0
    prlimit --fsize=4096 "$STEMMA" compare -f wdiff -o made large large2 \
        >out 2>err || status=$?
    said_trouble 'made: File too large' && [ "$(cat made)" = before ] &&
        nothing_left
}
t '-o leaves the file as it was when the disk is full' too_large

full_file_system()
{
    mkdir -p small
    mount -t tmpfs -o size=16k none small 2>/dev/null || return 9
    echo before >small/made
    trouble 'small/made: No space left on device' \
        compare -f wdiff -o small/made large large2
    result=$?
    [ "$(ls -A small)" = made ] && [ "$(cat small/made)" = before ] || result=1
    umount small
    return $result
}
if (full_file_system) >log 2>&1; then
    echo 'ok -o leaves the file as it was on a full file system'
elif [ $? -eq 9 ]; then
    skip '-o leaves the file as it was on a full file system' 'cannot mount'
else
    t '-o leaves the file as it was on a full file system' full_file_system
fi

# A library that stands before the C library and sends a signal at the moment
# when everything is written and nothing renamed. Whoever runs the tests may have
# signals ignored, and a shell cannot take that back.
cat >kill.c <<'END'
#include <signal.h>
#include <stdlib.h>
int fsync(int fd) { (void)fd; raise(atoi(getenv("KILL"))); return 0; }
END
killed()
{
    echo before >made
    status=0
    env --default-signal KILL="$1" LD_PRELOAD=./kill.so \
        "$STEMMA" compare -o made old.txt new.txt >out 2>err || status=$?
    [ "$status" -eq $((128 + $1)) ] && [ "$(cat made)" = before ] &&
        nothing_left
}
if ! sanitized && ${CC:-cc} -shared -fPIC -o kill.so kill.c 2>/dev/null; then
    for signal in 1 2 3 15; do
        t "-o leaves nothing behind when signal $signal ends it" \
            killed "$signal"
    done
else
    skip '-o leaves nothing behind when a signal ends it' 'cannot preload'
fi

protected()
{
    mkdir -p shared
    chmod 777 shared
    echo before >shared/made
    chmod 444 shared/made
    status=0
    $nobody "$STEMMA" compare -o shared/made old.txt new.txt >out 2>err ||
        status=$?
    said_trouble 'shared/made: Permission denied' &&
        [ "$(cat shared/made)" = before ]
}
closed_folder()
{
    mkdir -p shut
    chmod 755 shut
    [ -n "$nobody" ] || chmod 555 shut
    status=0
    $nobody "$STEMMA" compare -o shut/made old.txt new.txt >out 2>err ||
        status=$?
    said_trouble 'shut/made: Permission denied'
}
if as_nobody; then
    t '-o does not replace a file that is write-protected' protected
    t '-o needs permission to write in the folder' closed_folder
else
    skip '-o does not replace a file that is write-protected' "$reason"
    skip '-o needs permission to write in the folder' "$reason"
fi

quiet()
{
    ends 1 compare -q old.txt new.txt && [ ! -s out ] &&
        ends 0 compare -q old.txt old.txt && [ ! -s out ]
}
t '-q writes nothing and answers with its status' quiet
