#!/bin/sh
# Many pairs as a stream: stemma batch.

# shellcheck disable=SC1091,SC2016,SC2154,SC2317
. "$TOP/tests/cli/tap"
articles

# pairs FIRST LAST - requests, each with numbers of its own in its texts.
pairs()
{
    awk -v first="$1" -v last="$2" 'BEGIN {
        for (k = first; k <= last; k++) {
            printf "{\"id\":\"%d\",\"old\":\"Bridge %d shut\\n\\n", k, k
            for (p = k % 7; p < 12; p++)
                printf "About %d cars use it on day %d.\\n\\n", k * p, p
            printf "\",\"new\":\"Bridge %d open\\n\\n", k
            for (p = k % 5; p < 12; p++)
                printf "About %d cars used it on day %d.\\n\\n", k * p, p
            print "\"}"
        }
    }'
}

same_as_compare()
{
    echo '{"id":"a","old_file":"old.txt","new_file":"new.txt"}' >in
    printf '{"id":"a","compare":' >want
    "$STEMMA" compare -f json old.txt new.txt | tr -d '\n' >>want
    echo '}' >>want
    ends 0 batch <in && cmp want out
}
t 'the answer holds the document that compare writes' same_as_compare

texts()
{
    awk -v q='"' 'BEGIN { printf "{\"id\":7,\"old\":\"" }
        FNR == 1 && NR > 1 { printf "\",\"new\":\"" }
        { printf "%s\\n", $0 }
        END { print "\"}" }' old.txt new.txt >in
    "$STEMMA" compare -f json --old-name= --new-name= old.txt new.txt >want
    ends 0 batch <in &&
        sed 's/^{"id":7,"compare":\(.*\)}$/\1/' out | cmp want -
}
t 'texts in the line are compared as files are' texts

options()
{
    echo '{"id":"a","old_file":"old.txt","new_file":"new.txt"}' >in
    set -- --unit=sentence --ignore=numbers --stories=off
    "$STEMMA" compare -f json "$@" old.txt new.txt >want
    ends 0 batch "$@" <in &&
        sed 's/^{"id":"a","compare":\(.*\)}$/\1/' out | cmp want -
}
t 'what is compared is told as to compare' options

pairs 1 400 >many
in_order()
{
    ends 0 batch -j 1 <many && mv out one && ends 0 batch -j 7 <many &&
        cmp one out && ends 0 batch <many && cmp one out || return
    sed 's/.*{"id":"\([0-9]*\)".*/\1/' out >ids
    seq 400 | cmp - ids
}
t 'answers come in the order of the lines, however many threads there are' \
    in_order

# Whatever the lines are: those of all seeds of the fuzzers among requests.
threads_agree()
{
    { sed -n 1,200p many && cat "$TOP"/tests/corpus/*/* "$TOP"/tests/corpus/*.dict &&
        echo && sed -n 201,400p many; } >mixed
    stemma batch -j 1 <mixed
    [ "$status" -eq 0 ] && mv out one && mv err one.err || return
    for jobs in 2 3 16; do
        stemma batch -j $jobs <mixed
        [ "$status" -eq 0 ] && cmp one out && cmp one.err err || return
    done
    [ "$(grep -c '"error"' one)" -gt 20 ]
}
t 'any number of threads gives the same answers to whatever lines' threads_agree

default_reading()
{
    printf '%s\n' '{"old":"Title\n\nBy Ann\n\nIt is.","new":"Title\n\nBy Ann\n\nIt was."}' >kinds
    "$STEMMA" batch <kinds >without && "$STEMMA" batch --read=all <kinds >all &&
        "$STEMMA" batch --read=changed <kinds >changed &&
        cmp without all && ! cmp -s without changed &&
        ends 0 batch -h && tr -s ' \n' ' ' <out >help &&
        has help 'being compared; all without it'
}
t 'pages are read as help says, unless an option says more' default_reading

anywhere()
{
    "$STEMMA" batch <many >whole
    sed -n '150,260p' many | "$STEMMA" batch >part
    sed -n '150,260p' whole | cmp - part
}
t 'the same line has the same answer wherever it stands' anywhere

bad_lines()
{
    {
        echo '{"id":"1","old":"a","new":"b"}'
        echo 'nonsense'
        echo
        echo '{"id":"4","old":"a"}'
        echo '{"id":"5","old":"a","new_file":"/nowhere"}'
        echo '{"id":"6","old":"a","new":"b'
        printf '{"id":"7","old":"\377","new":"b"}\n'
        echo '{"id":8,"old":"a","old_file":"a","new":"b"}'
        echo '{"id":[9],"old":"a","new":"b"}'
        echo '{"id":"10","old":"a","new":"b"} more'
        echo '{"id":"11","old":"a","new":"b"}'
    } >in
    stemma batch <in
    [ "$status" -eq 0 ] || return
    echo 'stemma: 8 of 10 lines could not be answered with a comparison' |
        diff - err || return
    grep '"error"' out >errors
    diff - errors <<'END'
{"id":null,"line":2,"error":"no JSON, at byte 1: it is no object"}
{"id":"4","line":4,"error":"it has no \"new\""}
{"id":"5","line":5,"error":"/nowhere: No such file or directory"}
{"id":"6","line":6,"error":"no JSON, at byte 29: the string does not end"}
{"id":"7","line":7,"error":"no JSON, at byte 18: it is not UTF-8"}
{"id":8,"line":8,"error":"\"old_file\" stands where that side is known"}
{"id":null,"line":9,"error":"\"id\" is no string and no number"}
{"id":"10","line":10,"error":"no JSON, at byte 33: there is more behind the object"}
END
    [ "$(grep -c '"compare"' out)" -eq 2 ]
}
t 'a bad line is answered with its number, counted, and the stream goes on' \
    bad_lines

strict()
{
    stemma batch --strict <in
    [ "$status" -eq 2 ] && stemma batch --no-line-numbers <in &&
        lacks out '"line":2' && has out '{"id":null,"error":'
}
t 'bad lines can be an error, and can go without numbers' strict

# A part of a number is no number: nobody asked for that id.
odd_ids()
{
    for id in 007 12ab 0x10 1.5. -01 '"a"b' nullx; do
        printf '{"id":%s,"old":"a","new":"b"}\n' "$id"
    done >in
    for id in 1e999 -0.0E+00 123456789012345678901234567890 null; do
        printf '{"id": %s ,"old":"a","new":"b"}\n' "$id"
    done >>in
    stemma batch <in
    [ "$status" -eq 0 ] && [ "$(grep -c '^{"id":null,"line":' out)" -eq 7 ] &&
        sed -n '8,$s/,.*//p' out >ids || return
    printf '{"id":%s\n' 1e999 -0.0E+00 123456789012345678901234567890 null |
        diff - ids
}
t 'an id that is only the start of something else does not come back' odd_ids

encoding()
{
    echo '{"id":1,"old_file":"old.txt","new_file":"new.txt"}' >in
    stemma batch --encoding=nothing <in
    said_trouble '--encoding: unknown encoding: nothing' || return
    stemma batch --encoding=utf-8,koi8-r,utf-8 <in
    said_trouble '--encoding: unknown encoding: koi8-r,utf-8' &&
        ends 0 batch --encoding=,koi8-r <in
}
t 'an encoding that nobody knows is told once, before any line' encoding

escapes()
{
    printf '%s\n' \
        '{"id":"\ud83d\ude00\u00e9\n","old":"a\"\\\/\b\f\n\r\tz","new":"\ud800"}' |
        "$STEMMA" batch >out || return
    has out '{"id":"😀é\n","compare":' && has out '"bytes":10' &&
        has out '"bytes":3'
}
t 'escapes are read as JSON says' escapes

odd_files()
{
    mkdir -p folder
    mkfifo fifo
    for file in folder fifo /dev/zero; do
        echo "{\"id\":1,\"old\":\"\",\"new_file\":\"$file\"}"
    done | "$STEMMA" batch --no-line-numbers >out 2>err
    for file in folder fifo /dev/zero; do
        echo "{\"id\":1,\"error\":\"$file: it is no file\"}"
    done | diff - out
}
t 'what is no file is not read, and stops nothing' odd_files

nothing()
{
    ends 0 batch </dev/null && [ ! -s out ] && printf '\n\n' >in &&
        ends 0 batch <in && [ ! -s out ]
}
t 'nothing asked is nothing answered' nothing

# One line at a time: an engine that waits for an answer before it goes on.
in_step()
{
    mkfifo to from
    "$STEMMA" batch <to >from &
    exec 3>to 4<from
    for id in 1 2 3; do
        echo "{\"id\":$id,\"old\":\"a\",\"new\":\"b\"}" >&3
        read -r line <&4 || return
        case $line in
        "{\"id\":$id,"*) ;;
        *) return 1 ;;
        esac
    done
    exec 3>&-
    wait $! && ! read -r line <&4
}
t 'a line is answered before the next one is there' in_step

# Whole lines only, and no fewer than were read.
terminated()
{
    mkfifo endless
    "$STEMMA" batch -j 2 <endless >out 2>err &
    pid=$!
    exec 3>endless
    cat many >&3
    printf '{"id":"half","old":"a","new' >&3
    while [ "$(wc -l <out)" -lt 300 ]; do sleep 0.05; done
    kill -TERM $pid
    status=0
    wait $pid || status=$?
    exec 3>&-
    [ "$status" -eq 143 ] && [ "$(tail -c 1 out | od -An -c)" = '  \n' ] &&
        "$STEMMA" batch <many | head -n "$(wc -l <out)" | cmp - out
}
t 'asked to end, it finishes what it took and leaves no half line' terminated

reader_gone()
{
    while cat many; do :; done 2>err.cat |
        { "$STEMMA" batch 2>err; echo $? >status; } | head -n 3 >out
    [ "$(cat status)" -eq 141 ] && [ ! -s err ] && [ "$(wc -l <out)" -eq 3 ]
}
t 'a reader who goes away ends it without a word' reader_gone

full()
{
    [ -w /dev/full ] || return 0
    stemma batch <many >out
    status=0
    "$STEMMA" batch <many >/dev/full 2>err || status=$?
    : >out
    said_trouble 'standard output: No space left on device'
}
t 'a full disk is told' full

# What this machine is short of now is not what the line says.
short()
{
    echo '{"id":1,"old_file":"old.txt","new_file":"new.txt"}' >in
    cp in many.in && echo '{"id":2,"old":"a","new":"b"}' >>many.in
    status=0
    prlimit --nofile=6 "$STEMMA" batch -j 1 <many.in >out 2>err || status=$?
    [ "$status" -eq 2 ] && [ "$(wc -l <out)" -eq 2 ] &&
        has out '{"id":1,"line":1,"error":"old.txt: ' &&
        has out '{"id":2,"compare":' &&
        has err 'another try may answer'
}
if sanitized; then
    skip 'a machine that is short of something is told' 'a sanitizer has files'
else
    t 'a line not answered since the machine is short of something is trouble' \
        short
fi

if command -v python3 >/dev/null; then
    # A pipe that does not block for its writer, read late and slowly.
    unblocked()
    {
        "$STEMMA" batch <many >want
        python3 - "$STEMMA" >out <<'END'
import os, subprocess, sys, time
read, write = os.pipe()
os.set_blocking(write, False)
worker = subprocess.Popen([sys.argv[1], "batch"], stdin=open("many"), stdout=write)
os.close(write)
time.sleep(0.3)
with os.fdopen(read, "rb") as answers:
    while part := answers.read1(50000):
        sys.stdout.buffer.write(part)
sys.exit(worker.wait())
END
        cmp want out
    }
    t 'a full pipe is waited for, be it one that does not block' unblocked
else
    skip 'a full pipe is waited for' 'python3 is not installed'
fi

if sanitized; then
    skip 'memory does not grow with the stream' 'a sanitizer takes memory'
else
    bounded()
    {
        awk 'BEGIN {
            for (pad = "x"; length(pad) < 100000; )
                pad = pad pad
            for (k = 0; k < 1000; k++)
                print "{\"id\":" k ",\"old\":\"a\",\"new\":\"b\",\"x\":\"" \
                    pad "\"}"
        }' | prlimit --data=60000000 "$STEMMA" batch -j 2 | wc -l >count
        [ "$(cat count)" -eq 1000 ]
    }
    t 'memory does not grow with the stream' bounded
fi

if command -v script >/dev/null; then
    progress()
    {
        echo '"$STEMMA" batch <many >answers' >session
        script -q -c 'sh session' /dev/null </dev/null >shown 2>&1
        [ "$(wc -l <answers)" -eq 400 ] && has shown 'pairs, ' &&
            [ "$(tail -c 3 shown | od -An -tx1)" = ' 1b 5b 4b' ]
    }
    t 'progress is told on a terminal, and wiped away' progress
else
    skip 'progress is told on a terminal' 'script is not installed'
fi
