#!/bin/sh
# Whatever JSON the commands write is described: each member's name, and each
# format's, stands in docs/formats.md, of which stemma-formats(5) is made.

# shellcheck disable=SC1091,SC2154,SC2317
. "$TOP/tests/cli/tap"
articles
cat old.txt new.txt old.txt >page.txt
export STEMMA_ARCHIVE="$PWD/kept.stemma"
"$STEMMA" init "$STEMMA_ARCHIVE" >log
"$STEMMA" track --story=talks --date=2025-03-08 --source=https://example.org/ \
    old.txt >log 2>&1
"$STEMMA" track --story=talks --date=2025-03-09 new.txt >log 2>&1
"$STEMMA" track --story=page --date=2025-03-10 page.txt >log 2>&1
echo '{"story": "c", "date": "2025-03-08", "text": "One."}' >corpus.jsonl
# Code and everything between backticks or quotation marks.
# shellcheck disable=SC2016
grep -o '[`"][A-Za-z_./0-9-]*[`"]' "$TOP/docs/formats.md" | tr -d '`"' |
    sort -u >words

# described ARGUMENT... - it writes JSON, all of whose names are described.
described()
{
    stemma "$@"
    [ "$status" -le 1 ] || { cat err; return 1; }
    # Strings of the texts are of no interest, and may hold what looks so.
    sed 's/\\"//g' out | grep -o '"[a-z_]*": *' | tr -d '": ' | sort -u >names
    grep -o '"format": *"[^"]*"' out | sed 's/.*: *"//; s/"//' |
        sort -u >>names
    [ -s names ] || { echo 'no names'; cat out; return 1; }
    missing=$(sort -u names | comm -23 - words)
    [ -z "$missing" ] && return
    echo "docs/formats.md does not name: $missing"
    return 1
}
# Of each command that has --format=json there is a trial.
tried()
{
    "$STEMMA" __table | awk -F '\t' '$2 == "word" && $3 == "--format" &&
        $4 == "json" { print $1 }' | sort -u >there
    sort -u tries >trials
    missing=$(comm -23 there trials)
    [ -z "$missing" ] && return
    echo "no trial of: $missing"
    return 1
}
trial()
{
    echo "$1" >>tries
    t "the JSON of stemma $* is described" described "$@" --format=json
}
trial compare old.txt new.txt
trial compare page.txt new.txt
trial compare --unit=sentence old.txt new.txt
trial compare talks
trial segment page.txt
trial reuse page.txt
trial reuse old.txt new.txt
trial track --story=talks old.txt
trial log talks
trial list
trial import corpus.jsonl
trial origin new.txt
trial blame talks
trial blame --across talks
trial collate old.txt new.txt page.txt
trial git-diff talks.txt old.txt 0123abc 100644 new.txt 4567def 100644
t 'every command that writes JSON is tried' tried
