#!/bin/sh
# Which story held a passage first, and the index that finds it: missing,
# damaged, out of date, in use, and where nothing can be written.

# shellcheck disable=SC1091,SC2154,SC2317
. "$TOP/tests/cli/tap"
export STEMMA_ARCHIVE="$PWD/archive"
index=archive/stemma/index

harbour='The harbour master said on Tuesday that three ferries would stay in port until the storm has passed over the islands to the north.'
edited='The harbour master said on Tuesday that four ferries would stay in port until the storm has passed over the islands to the west.'
bakery='A bakery in the old town has reopened after the flood, and the first loaves were sold before the sun had risen over the square.'
stock='Sign up for our newsletter to get the most important stories of the day in your inbox every morning.'

# tracks STORY DATE PARAGRAPH...
tracks()
{
    story=$1 date=$2
    shift 2
    printf '%s\n\n' "$@" >article
    "$STEMMA" track --story="$story" --date="$date" \
        --source="https://example.org/$story" article >/dev/null
}

# asks PARAGRAPH... - about a file; with --format=json.
asks()
{
    printf '%s\n\n' "$@" >asked
    stemma origin --format=json asked
    [ "$status" -eq 0 ] && return
    echo "status $status"
    cat err
    return 1
}

"$STEMMA" init archive >/dev/null
empty()
{
    asks "$harbour" && has out '"stories":0' && has out '"origins":[]'
}
t 'an empty archive holds no passage' empty

tracks ferries 2025-01-02 'Ferries stay' "$harbour" "$stock"
tracks bread 2025-02-01 'Bakery reopens' "$bakery" "$edited" "$stock"
first()
{
    asks "$harbour" && has out '"story":"ferries","revision":1' &&
        has out '"date":"2025-01-02T00:00:00Z"' &&
        has out '"kind":"verbatim","similarity":1.000,"direction":"from"'
}
t 'the earliest story is told, where and how alike' first
bytes()
{
    asks "$harbour" || return
    # The bytes that "at" names are the passage.
    at=$(sed 's/.*"at":\[\([0-9]*\),\([0-9]*\)\].*/\1 \2/' out)
    "$STEMMA" show --raw ferries@1 |
        tail -c +"$((${at% *} + 1))" | head -c "$((${at#* } - ${at% *}))" |
        cmp - wanted
}
printf '%s' "$harbour" >wanted
t 'the place in the revision can be cut out of it' bytes
near()
{
    tracks third 2025-03-01 "$edited"
    stemma origin third
    [ "$status" -eq 0 ] && has out 'ferries@1' && has out '% alike' &&
        has out 'https://example.org/ferries'
}
t 'an edited passage is told as nearly the same' near
own()
{
    stemma origin bread@1
    [ "$status" -eq 0 ] && has out 'first here, in revision 1' &&
        has out 'ferries@1'
}
t 'of a revision it is told what stood there first' own
directions()
{
    stemma origin --all --format=json ferries@1
    [ "$status" -eq 0 ] && has out '"direction":"own"' &&
        has out '"direction":"to"' && lacks out '"direction":"from"'
}
t 'with --all also who has it since' directions
mixed()
{
    asks "$harbour $bakery" && has out '"story":"ferries"' &&
        has out '"story":"bread"'
}
t 'a paragraph of two sources names both' mixed
moved()
{
    tracks ferries 2025-02-20 'Ferries sail' "$stock" \
        'Three ferries left port on Wednesday for the first time in a week, the harbour master said after the storm.'
    asks 'Three ferries left port on Wednesday for the first time in a week, the harbour master said after the storm.' &&
        has out '"story":"ferries","revision":2' && [ ! -s err ]
}
t 'what was tracked since is found at once, without a word' moved
older()
{
    tracks ferries 2024-12-24 "$bakery" && asks "$bakery" &&
        has out '"story":"ferries","revision":1' &&
        has out '"date":"2024-12-24T00:00:00Z"' || return
    asks "$harbour" && has out '"story":"ferries","revision":2'
}
t 'a revision that belongs before others is found where it belongs' older
nothing()
{
    asks 'Nobody in this archive has ever written a sentence that goes on as this one does, and so on.' &&
        has out '"origins":[],"others":[]'
}
t 'what nobody wrote has no origin' nothing

boilerplate()
{
    for k in 1 2 3 4 5; do
        tracks "stock-$k" "2025-04-0$k" \
            "Number $k of these says something that the other ones do not say at all: $k, $k." \
            "$stock"
    done
    stemma origin third@ && lacks out boilerplate
    asks "$stock" && has out '"boilerplate":true' &&
        has out '"story":"ferries"' || return
    stemma origin --boilerplate=100 asked
    [ "$status" -eq 0 ] && lacks out boilerplate
}
t 'what very many stories hold is called boilerplate' boilerplate

# ---- the index -----------------------------------------------------------

asks "$harbour" "$bakery" "$stock" && cp out whole
same()
{
    asks "$harbour" "$bakery" "$stock" && cmp out whole
}
rebuilt()
{
    rm -f "$index"* && same && has err 'there is no index yet; it is made'
}
t 'an index that was deleted is made again, which is said' rebuilt
told()
{
    stemma origin --rebuild --format=json asked
    [ "$status" -eq 0 ] && cmp out whole
}
t 'made anew it says the same' told
# spoilt HOW... - after that command, the same answers.
spoilt()
{
    rm -f "$index-wal" "$index-shm"
    "$@" && same && has err 'it is made again' && same && [ ! -s err ]
}
poem()
{
    yes 'no database, but a poem' | head -n 1000 >"$index"
}
t 'a file of something else is replaced' spoilt poem
cut_short()
{
    head -c 9000 "$index" >short && cp short "$index"
}
t 'an index cut short is made again' spoilt cut_short
zeros()
{
    size=$(wc -c <"$index")
    head -c 4096 "$index" >zeros
    head -c "$((size - 4096))" /dev/zero >>zeros
    cp zeros "$index"
}
t 'an index full of zeros is made again' spoilt zeros
older_tables()
{
    printf '\377' | dd of="$index" bs=1 seek=63 conv=notrunc 2>/dev/null
}
t 'an index of another version is made again' spoilt older_tables

together()
{
    rm -f "$index"*
    for k in 1 2 3 4 5 6; do
        "$STEMMA" origin --format=json asked >"out$k" 2>"err$k" &
    done
    for k in 7 8 9; do
        tracks "beside-$k" "2026-01-0$k" "Beside the others $k is tracked meanwhile and holds nothing of theirs."
    done
    wait
    for k in 1 2 3 4 5 6; do
        lacks "err$k" busy && lacks "err$k" lock &&
            has "out$k" '"story":"ferries"' || return
    done
    asks "$bakery" && has out '"stories":11'
}
t 'any number of processes may bring it up to date at once' together
t 'a text is read from standard input' sh -c \
    "echo '$bakery' | '$STEMMA' origin - | grep -q ferries@1"
t 'neither a file nor a story' trouble \
    "there is neither a file nor a story 'bred' in $STEMMA_ARCHIVE; did you mean 'bread'?" \
    origin bred
control()
{
    tracks "$(printf 'a\342\200\256b')" 2023-01-01 "$edited"
    asks "$edited" || return
    stemma origin asked
    lacks out "$(printf '\342\200\256')" && has out '<U+202E>'
}
t 'names of stories are shown, never obeyed' control

# Last, as it takes the permissions away.
unwritable()
{
    rm -f "$index"*
    chmod -R a+rX,a-w archive
    # shellcheck disable=SC2086
    $nobody env STEMMA_ARCHIVE="$STEMMA_ARCHIVE" "$STEMMA" origin \
        --format=json - <asked >out 2>err
    status=$?
    chmod -R u+w archive
    [ "$status" -eq 0 ] && has out '"kind":"verbatim"' &&
        has err 'an index is made in memory' && [ ! -e "$index" ]
}
if as_nobody && [ -n "$nobody" ]; then
    t 'without permission to write an index is made in memory' unwritable
else
    skip 'without permission to write an index is made in memory' "$reason"
fi

# A text that was lost is missed by each command, not by the first alone, and
# found when it is there again; what came after it is found all the while.
unread()
{
    later='Nobody in the village knew who had painted the old lighthouse in the colours of a zebra during the last night of the winter fair.'
    "$STEMMA" init lost >/dev/null
    export STEMMA_ARCHIVE="$PWD/lost"
    tracks ship 2025-03-01 "$harbour" && tracks ship 2025-03-02 "$bakery" &&
        tracks ship 2025-03-03 "$stock" && tracks other 2025-03-01 sea || return
    id=$(git -C lost rev-parse story/ship^:ship.txt) || return
    blob=lost/objects/$(echo "$id" | sed 's,^..,&/,')
    mv "$blob" blob
    for asked in 1 2 3; do
        asks "$stock" && has out '"story":"ship","revision":3' &&
            has err '1 stories or revisions cannot be read' ||
            return
        [ "$asked" -ne 2 ] || tracks ship 2025-03-04 "$later" || return
        asks "$bakery" && has out '"origins":[]' || return
    done
    cp blob "$blob"
    asks "$bakery" && has out '"story":"ship","revision":2' &&
        [ ! -s err ] && asks "$later" &&
        has out '"story":"ship","revision":4' && [ ! -s err ]
}
t 'a text that was lost is missed until it is there again' unread
