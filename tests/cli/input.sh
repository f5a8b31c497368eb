#!/bin/sh
# Where texts come from, and everything that can be wrong with a file.

# shellcheck disable=SC1091,SC2154,SC2317
. "$TOP/tests/cli/tap"
articles
: >empty

t 'the same file twice is no difference' ends 0 compare old.txt old.txt
t 'two versions are a difference' ends 1 compare old.txt new.txt
t 'an empty file is a text' ends 1 compare empty new.txt
t 'two empty files are the same' ends 0 compare empty /dev/null
t 'a missing file is named' trouble \
    'none.txt: No such file or directory' compare none.txt new.txt
t 'a missing second file is named' trouble \
    'none.txt: No such file or directory' compare old.txt none.txt
t 'a folder is no text' trouble '.: Is a directory' compare . new.txt
t 'a file is no folder' trouble \
    'old.txt/x: Not a directory' compare old.txt/x new.txt
t 'an empty name is no file' trouble \
    ': No such file or directory' compare '' new.txt

piped()
{
    "$STEMMA" compare -q - new.txt <old.txt
    [ $? -eq 1 ] || return
    # shellcheck disable=SC2002
    cat old.txt | "$STEMMA" compare -q old.txt -
}
t 'a dash is standard input, a file or a pipe' piped

t 'a dash twice is refused' trouble \
    "'-' can stand for one of the texts only: standard input is read once" \
    compare - -

dash_file()
{
    cp old.txt ./-
    ends 0 compare -q ./- old.txt
}
t 'a file called - can be named' dash_file

closed()
{
    status=0
    "$STEMMA" compare - new.txt >out 2>err <&- || status=$?
    said_trouble 'standard input: Bad file descriptor'
}
t 'closed standard input is trouble' closed

input_folder()
{
    status=0
    "$STEMMA" compare - new.txt >out 2>err <. || status=$?
    said_trouble 'standard input: Is a directory'
}
t 'standard input may be a folder by mistake' input_folder

fifo()
{
    mkfifo pipe
    cat old.txt >pipe &
    ends 0 compare -q pipe old.txt
}
t 'a named pipe is read to its end' fifo

proc()
{
    cat /proc/version >version
    ends 0 compare -q /proc/version version
}
if [ -r /proc/version ]; then
    t 'a file that claims to be empty is read all the same' proc
fi

unreadable()
{
    cp old.txt secret
    chmod 0 secret
    status=0
    $nobody "$STEMMA" compare secret new.txt >out 2>err || status=$?
    said_trouble 'secret: Permission denied'
}
if as_nobody; then
    t 'a file that may not be read is named' unreadable
else
    skip 'a file that may not be read is named' "$reason"
fi

hostile()
{
    name=$(printf 'a\033[31m\nb\302\233\342\200\256c\377')
    trouble 'a^[[31m^Jb<9B><U+202E>c<FF>: No such file or directory' \
        compare "$name" new.txt
}
t 'control and bidi characters of a name are shown, not obeyed' hostile

long_name()
{
    name=$(printf '%0300d' 0)
    trouble "$name: File name too long" compare "$name" new.txt
}
t 'a name that is too long is trouble' long_name

unknown_encoding()
{
    stemma compare --encoding=klingon old.txt new.txt
    [ "$status" -eq 2 ] && [ ! -s out ] && [ "$(wc -l <err)" -eq 1 ] &&
        has err 'stemma: old.txt: ' && has err klingon
}
t 'an encoding that iconv does not know is trouble' unknown_encoding

two_encodings()
{
    printf 'caf\351 na\357ve\n' >latin
    printf 'caf\303\251 na\303\257ve\n' >utf
    ends 0 compare -q --ignore=case --encoding=iso-8859-1,utf-8 latin utf &&
        ends 1 compare -q --encoding=iso-8859-1 latin utf &&
        ends 0 compare -q --encoding=iso-8859-1, latin utf
}
t 'each text can have its own encoding' two_encodings

# Large enough to be mapped, not read.
awk 'BEGIN { for (i = 0; i < 20000; i++)
    print "Paragraph " i " of a long text that nobody reads.\n" }' >large
cp large large2
printf 'One more.\n' >>large2
t 'a large file is compared' ends 0 compare -q large large
t 'a large file with a difference is compared' ends 1 compare -q large large2

large_input()
{
    # shellcheck disable=SC2094
    "$STEMMA" compare -q - large <large || return
    # Not from where the file begins: only what is left counts.
    { dd bs=1 count=0 skip=900 2>/dev/null; "$STEMMA" compare -q - rest; } \
        <large
}
tail -c +901 large >rest
t 'a large file as standard input is read from where it stands' large_input

# The program has mapped the first text and waits for the second, a pipe.
while_it_waits()
{
    cp large victim
    rm -f pipe
    mkfifo pipe
    "$STEMMA" compare victim pipe >out 2>err &
    program=$!
    exec 3>pipe
    "$@"
    cat new.txt >&3
    exec 3>&-
    status=0
    wait "$program" || status=$?
}
cut_short()
{
    while_it_waits truncate -s 5000 victim
    said_trouble 'victim: The file was cut short while it was read'
}
changed()
{
    while_it_waits dd if=new.txt of=victim conv=notrunc status=none
    said_trouble 'victim: The file changed while it was read'
}
if sanitized; then
    skip 'a file that is cut short meanwhile is trouble' 'sanitizer'
else
    t 'a file that is cut short meanwhile is trouble' cut_short
fi
t 'a file that is written to meanwhile is trouble' changed

endless()
{
    status=0
    prlimit --as=600000000 "$STEMMA" compare /dev/zero new.txt >out 2>err ||
        status=$?
    said_trouble '/dev/zero: Cannot allocate memory'
}
if sanitized; then
    skip 'a stream that never ends is trouble' 'sanitizer'
else
    t 'a stream that never ends is trouble' endless
fi
