#!/bin/sh
# Every change of an archive as a stream: stemma compare --all.

# shellcheck disable=SC1091,SC2016,SC2154,SC2317
. "$TOP/tests/cli/tap"
articles
export STEMMA_ARCHIVE="$PWD/archive"
"$STEMMA" init archive >log
track()
{
    "$STEMMA" track --story="$1" --date="$2" --source=https://example.org/ \
        "$3" >log
}
for story in bridge ferry quay/north; do
    track $story 2025-03-08 old.txt
    track $story 2025-03-09 new.txt
    track $story 2025-03-10T12:00 old.txt
done
track once 2025-03-09 new.txt
changes="compare --all --format=ndjson"

# told LINE... - "STORY BEFORE-REVISION" of each line of `out`.
told()
{
    printf '%s\n' "$@" | sed '/^$/d' >want
    sed 's/.*"story":"\([^"]*\)","revision":\([0-9]*\),"before":\([0-9]*\).*/\1 \3-\2/' \
        out | diff want -
}

everything()
{
    # shellcheck disable=SC2086
    ends 0 $changes && told 'bridge 1-2' 'bridge 2-3' 'ferry 1-2' \
        'ferry 2-3' 'quay/north 1-2' 'quay/north 2-3' &&
        [ "$(grep -c '^{"format":"stemma.change/1",.*}}$' out)" -eq 6 ]
}
t 'each revision but the first of a story is a line' everything

document()
{
    # shellcheck disable=SC2086
    "$STEMMA" $changes | sed -n '3s/.*,"compare":\(.*\)}$/\1/p' >got
    "$STEMMA" compare --format=ndjson --old-name= --new-name= \
        ferry@1 ferry@2 >want
    [ -s got ] && cmp want got
}
t 'the line holds the document that compare writes' document

since()
{
    # shellcheck disable=SC2086
    ends 0 $changes --since=2025-03-10 &&
        told 'bridge 2-3' 'ferry 2-3' 'quay/north 2-3' &&
        ends 0 $changes --since=2025-03-11 && told ''
}
t 'a date leaves out what was retrieved before' since

goes_on()
{
    # shellcheck disable=SC2086
    ends 0 $changes --cursor=cursor && [ "$(wc -l <out)" -eq 6 ] &&
        ends 0 $changes --cursor=cursor && told '' || return
    track ferry 2025-03-11 new.txt
    track once 2025-03-12 old.txt
    # shellcheck disable=SC2086
    ends 0 $changes --cursor=cursor && told 'ferry 3-4' 'once 1-2' || return
    echo 'Between.' >between.txt
    track bridge 2025-03-09T12:00 between.txt
    # shellcheck disable=SC2086
    ends 0 $changes --cursor=cursor && told 'bridge 2-3' 'bridge 3-4' &&
        ends 0 $changes --cursor=cursor && told ''
}
t 'a cursor goes on behind what was told, wherever in time the new stands' \
    goes_on

half_a_line()
{
    # shellcheck disable=SC2086
    stemma $changes --cursor=killed && cp out all || return
    head -c 70 killed >short && mv short killed
    # shellcheck disable=SC2086
    ends 0 $changes --cursor=killed && [ -s out ] && cmp -s all out && return 1
    sort -u all >want
    cat all out | sort -u | cmp want - || return
    # shellcheck disable=SC2086
    ends 0 $changes --cursor=killed && told ''
}
t 'half a line of a cursor is as if it were not there' half_a_line

# Cut at any byte of its first two lines, and each time once more after that.
half_the_first_line()
{
    # shellcheck disable=SC2086
    ends 0 $changes --cursor=whole && cp out all && [ "$(wc -l <all)" -gt 6 ] &&
        sort all >sorted || return
    for size in 1 5 15 16 17 23 24 50 63; do
        head -c "$size" whole >killed
        # shellcheck disable=SC2086
        ends 0 $changes --cursor=killed && sort out | cmp sorted - &&
            head -n 1 killed | diff - first_line &&
            ends 0 $changes --cursor=killed && told '' || return
    done
}
echo 'stemma.cursor/1' >first_line
t 'and so is half of its first lines, however often it is read' \
    half_the_first_line

no_file_for_cursor()
{
    mkfifo pipe
    status=0
    # shellcheck disable=SC2086
    timeout 10 "$STEMMA" $changes --cursor=pipe >out 2>err || status=$?
    said_trouble 'pipe: it is no file'
}
t 'a cursor that is a pipe is refused, not waited for' no_file_for_cursor

cut_off()
{
    rm -f cursor
    # shellcheck disable=SC2086
    "$STEMMA" $changes >all
    status=0
    # shellcheck disable=SC2086
    (ulimit -f 16 && "$STEMMA" $changes --cursor=cursor >first 2>err) ||
        status=$?
    # shellcheck disable=SC2086
    [ "$status" -eq 2 ] && "$STEMMA" $changes --cursor=cursor >rest || return
    [ "$(wc -l <rest)" -lt "$(wc -l <all)" ] || return
    sort -u all >want
    { cat first && echo && cat rest; } | grep '}}$' | sort -u | cmp want -
}
t 'whoever is cut off and goes on has every line' cut_off

to_a_file()
{
    rm -f cursor
    mkdir -p locked
    # shellcheck disable=SC2086
    stemma $changes --cursor=cursor -o locked
    [ "$status" -eq 2 ] && ! grep -q bridge cursor || return
    # shellcheck disable=SC2086
    ends 0 $changes --cursor=cursor -o file && cp file out &&
        [ "$(wc -l <out)" -ge 8 ] && ends 0 $changes --cursor=cursor && told ''
}
t 'a cursor moves on when the file is there' to_a_file

refused()
{
    echo 'something else' >other
    # shellcheck disable=SC2086
    trouble 'other: it is no cursor of stemma' $changes --cursor=other &&
        trouble '--all writes a line of JSON for each change: --format=ndjson is missing' \
            compare --all &&
        trouble "'bridge' is one operand too many beside --all" \
            $changes bridge &&
        trouble '--all and --quiet: it can be only one' $changes -q &&
        trouble '--since is for --all' compare --since=2025-03-08 bridge &&
        trouble "OLD is missing: the older version: a file, - for standard input, or a revision of a story as STORY@REVISION; for example: stemma compare old.txt new.txt" \
            compare
}
t 'what makes no sense is told' refused

# damage STORY - a copy of the archive without the newest commit of that story.
damage()
{
    rm -rf broken && cp -r archive broken
    object=$("$STEMMA" log --format=json "$1" |
        sed 's/.*"commit":"\([0-9a-f]*\)".*/\1/')
    file=broken/objects/$(echo "$object" | cut -c1-2)/$(echo "$object" | cut -c3-)
    [ -f "$file" ] && rm -f "$file"
}

damaged()
{
    damage ferry || return
    # shellcheck disable=SC2086
    stemma $changes --archive=broken
    [ "$status" -eq 2 ] && has err ferry && has out '"story":"bridge"' &&
        has out '"story":"quay/north"' && lacks out '"story":"ferry"'
}
t 'a damaged story is told, and the others are there' damaged

damaged_name()
{
    damage quay/north || return
    # shellcheck disable=SC2086
    stemma $changes --archive=broken
    [ "$status" -eq 2 ] && has err 'stemma: quay/north: '
}
t 'and by its name, as people write it' damaged_name
