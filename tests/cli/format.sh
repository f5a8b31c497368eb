#!/bin/sh
# Each format, as far as the command line decides: what fixtures/ does not show.

# shellcheck disable=SC1091,SC2154,SC2317
. "$TOP/tests/cli/tap"
articles
formats=$("$STEMMA" __table |
    awk -F '\t' '$1 == "compare" && $2 == "word" && $3 == "--format" {
        print $4 }')

twice()
{
    ends 1 compare -f "$1" old.txt new.txt && [ -s out ] || return
    mv out before
    ends 1 compare --format="$1" old.txt new.txt && cmp before out
}
through_pipes()
{
    "$STEMMA" compare -f "$1" --old-name=old.txt - new.txt <old.txt >piped
    [ $? -eq 1 ] || return
    ends 1 compare -f "$1" old.txt new.txt && cmp piped out
}
same()
{
    ends 0 compare -f "$1" old.txt old.txt
}
nothing_at_all()
{
    ends 0 compare -f "$1" /dev/null /dev/null &&
        ends 1 compare -f "$1" /dev/null new.txt &&
        ends 1 compare -f "$1" old.txt /dev/null
}
for format in $formats; do
    t "$format: the same input gives the same bytes" twice "$format"
    t "$format: a pipe gives what a file gives" through_pipes "$format"
    t "$format: the same text twice ends with 0" same "$format"
    t "$format: empty texts are texts" nothing_at_all "$format"
done

default()
{
    ends 1 compare old.txt new.txt
    mv out before
    ends 1 compare -f term old.txt new.txt && cmp before out
}
t 'the default format is term' default

lines()
{
    ends 1 compare -f json old.txt new.txt && [ "$(wc -l <out)" -eq 1 ] &&
        has out '"stemma.compare/1"' || return
    ends 1 compare -f json --pretty old.txt new.txt &&
        [ "$(wc -l <out)" -gt 20 ]
}
t 'json is one line, and many with --pretty' lines

sentences()
{
    ends 1 compare -f json old.txt new.txt && has out '"paragraph"' &&
        ends 1 compare -f json --unit=sentence old.txt new.txt &&
        has out '"sentence"'
}
t '--unit reaches the answer' sentences

renamed()
{
    for format in term json; do
        ends 1 compare -f $format --old-name='last week' --new-name=today \
            old.txt new.txt && has out 'last week' && has out today &&
            lacks out old.txt || return
    done
}
t 'the versions can be given other names' renamed

hidden()
{
    sed 's/Ferries/FERRIES/; s/day\./day/' old.txt >typeset
    ends 1 compare old.txt typeset &&
        ends 1 compare --ignore=case old.txt typeset &&
        ends 1 compare --ignore=punctuation old.txt typeset &&
        ends 0 compare --ignore=case,punctuation old.txt typeset &&
        ends 0 compare --ignore=punctuation --ignore=case old.txt typeset
}
t 'what is ignored is no difference, everything else is' hidden

encoded()
{
    printf 'caf\351 na\357ve\n' >latin
    printf '\377\376' >utf16
    printf 'café naïve\n' | iconv -f utf-8 -t utf-16le >>utf16
    printf 'café naïve\n' >utf8
    ends 0 compare -q latin utf8 && ends 0 compare -q utf16 utf8 &&
        ends 0 compare -q utf16 latin
}
t 'one text in three encodings is the same text' encoded

# A long page with one change in the middle.
awk 'BEGIN { for (i = 1; i <= 41; i++)
    print "Paragraph number " i " is about topic " i * i "." }' >page_old
sed '21s/topic/subject/' page_old >page_new
context()
{
    ends 1 compare "$@" page_old page_new || return
    grep -c '^.*Paragraph number' out >count
}
folded()
{
    context && [ "$(cat count)" -le 6 ] || return
    context -C 5 && [ "$(cat count)" -gt 6 ] && [ "$(cat count)" -lt 30 ] ||
        return
    context -C all && [ "$(cat count)" -ge 41 ]
}
t '--context says how much that stayed is shown' folded
everything()
{
    for format in wdiff criticmarkup; do
        context -f $format && [ "$(cat count)" -eq 41 ] || return
    done
    context -f unified && [ "$(cat count)" -eq 8 ]
}
t 'wdiff and criticmarkup show everything unless told, unified three lines' \
    everything

columns()
{
    ends 1 compare --width=100 page_old page_new && cp out inline &&
        ends 1 compare -y --width=100 page_old page_new &&
        ! cmp -s inline out &&
        ends 1 compare --width=99 page_old page_new && cp out inline &&
        ends 1 compare -y --width=99 page_old page_new && cmp inline out
}
t '--side-by-side needs 100 columns' columns

applies()
{
    cp page_old page
    ends 1 compare -f unified --old-name=page --new-name=page page_old \
        page_new || return
    git apply --unsafe-paths out 2>/dev/null || git apply -p0 out || return
    cmp page page_new
}
if command -v git >/dev/null; then
    t 'unified: git applies it' applies
else
    skip 'unified: git applies it' 'git is not installed'
fi

# However little memory there is, the answer is the whole one or trouble.
whole_or_trouble()
{
    awk 'BEGIN { for (i = 1; i <= 9000; i++)
        print "Paragraph number " i " is about topic " i * i ".\n" }' >many_old
    awk '/0 is/ { sub("topic", "subject") } { print }' many_old >many_new
    "$STEMMA" compare -f wdiff many_old many_new >whole
    answers=0 troubles=0
    for kilobytes in $(seq 3000 500 25000); do
        # Nothing can be asked of a program that is not even loaded.
        prlimit --as=$((kilobytes * 1024)) "$STEMMA" --version \
            >/dev/null 2>&1 || continue
        status=0
        prlimit --as=$((kilobytes * 1024)) "$STEMMA" compare -f wdiff \
            many_old many_new >out 2>err || status=$?
        case $status in
        1) cmp out whole && [ ! -s err ] || return
            answers=$((answers + 1)) ;;
        2) [ ! -s out ] && [ "$(grep -c '^stemma: ' err)" -eq 1 ] &&
            [ "$(wc -l <err)" -eq 1 ] || return
            troubles=$((troubles + 1)) ;;
        *) echo "status $status with $kilobytes KB"; return 1 ;;
        esac
    done
    echo "$answers answers, $troubles troubles"
    [ "$answers" -gt 0 ] && [ "$troubles" -gt 0 ]
}
if sanitized; then
    skip 'with too little memory there is trouble, no half answer' sanitizer
else
    t 'with too little memory there is trouble, no half answer' \
        whole_or_trouble
fi
