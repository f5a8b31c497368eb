#!/bin/sh
# Which revision brought what: blame, whence and history.

# shellcheck disable=SC1091,SC2154,SC2317
. "$TOP/tests/cli/tap"

# keep DATE TEXT - a revision of the story "bridge".
keep()
{
    printf '%b' "$2" >bridge.txt
    stemma track --date="$1" bridge.txt
}
keep 2025-03-08 'The bridge is closed.\n\nNobody knows why it is so.\n'
keep 2025-03-09 'The old bridge is closed.\n\nNobody knows why it is so.\n'
keep 2025-03-10 '\n'
keep 2025-03-11 'Nobody knows why it is so.\n\nThe old bridge is closed.\n'
keep 2025-03-12 'Nobody knows why it is so, says she.\n\nThe old bridge is closed.\n'

margin()
{
    ends 0 blame -W 80 bridge &&
        has out '     1 2025-03-08 │ Nobody knows why it is so{5:, says she}.' &&
        has out '     1 2025-03-08 │ The {2:old} bridge is closed.'
}
t 'the margin names the revision, and runs of others are marked' margin

json()
{
    ends 0 blame -f json bridge &&
        has out '{"format":"stemma.blame/1","story":"bridge","revision":5' &&
        has out '"revision":2,"at":[4,7],"story":"bridge","restored":true}'
}
t 'json says where a restored word stood at its origin' json

older()
{
    ends 0 blame -W 80 --at=1 bridge &&
        has out '     1 2025-03-08 │ The bridge is closed.' || return
    ends 0 blame -W 80 --since=5 bridge &&
        has out '      older       │ Nobody knows why it is so{5:, says she}.' &&
        ! grep -q old\ bridge out
}
t '--at goes back, --since leaves out what is older' older

sums()
{
    ends 0 blame -W 100 --unit=paragraph bridge &&
        has out 'first seen in 1, last edited in 5, 1 edit; words: 1 70 %, 5 30 %' ||
        return
    ends 0 blame -f json bridge &&
        has out '"seen":1,"edited":5,"edits":1,"shares":[{"revision":1,"words":7},{"revision":5,"words":3}]'
}
t 'of a paragraph its first and last revision, and who brought how much' sums

words()
{
    ends 0 blame -f json --unit=word --at=1 bridge &&
        [ "$(grep -o '"at"' out | wc -l)" -eq 12 ]
}
t 'by word every word is a run' words

passage()
{
    ends 0 whence bridge 'says she' &&
        has out 'first stood in revision 5 (2025-03-12)' || return
    ends 0 whence bridge 'The old' &&
        has out '1 word of revision 1 (2025-03-08), 1 word of revision 2'
}
t 'whence answers for a passage' passage
t 'whence says if the words are not there' trouble \
    'revision 5 does not hold these words' whence bridge 'the moon'

life()
{
    ends 0 history --paragraph=2 bridge && cat >want <<'END' && cmp want out
   1  2025-03-08 00:00  paragraph 1, 5 words
   2  2025-03-09 00:00  paragraph 1, 6 words: 1 new, 5 of 5 kept
                        edit: The {+old+} bridge is
   3  2025-03-10 00:00  gone
   4  2025-03-11 00:00  paragraph 2, 6 words, restored
END
}
t 'history tells what became of a paragraph' life
passages()
{
    one='Boats went out at six and came back with nothing but weed.'
    two='The mayor heard of it from his "cook".'
    for text in "$one\n\n$two" "$two\n\n$one" "$two $one" "$two\n\n$one" \
        "The mayor heard of it from his \\0342\\0200\\0234cook\\0342\\0200\\0235.\n\n$one" \
        "The mayor heard of it from his \\0342\\0200\\0234cook\\0342\\0200\\0235.\n\n$one\n\nSo?\n\n$one"; do
        printf '%b' "$text\n" >boats.txt
        "$STEMMA" track boats.txt >said || return
    done
    ends 0 history --paragraph=1 boats && sed 's/  20.*:..  / /' out >life &&
        cat >want <<'END' && cmp want life || return
   1 paragraph 2, 11 words
   2 paragraph 1, 11 words, moved
   3 paragraph 1, 24 words: 0 new, 13 that stood before, 11 of 11 kept
                        negation: {+Boats went out at six and came back with nothing…+}
   4 paragraph 1, 11 words: 0 new, 11 of 24 kept
                        negation: [-Boats went out at six and came back with nothing…-]
   5 paragraph 1, 11 words, reformatted
END
    ends 0 history --paragraph=4 boats && grep -q ' 6 .*paragraph 4, 13 words, copied' out
}
t 'history follows a paragraph through moves, merges and copies' passages
t 'history knows how many paragraphs there are' trouble \
    '--paragraph cannot be 9: revision 5 has 2 paragraphs' \
    history --paragraph=9 bridge

gone()
{
    ends 0 blame -W 80 --absences bridge &&
        has out '     1 2025-03-08 │ {1-3+4:Nobody knows why it is so}{5:, says she}{1-3+4:.}' &&
        has out '{1-3+4:The} {2-3+4:old} {1-3+4:bridge is closed.}' || return
    ends 0 blame -f json --absences bridge &&
        has out '"revision":2,"at":[4,7],"story":"bridge","restored":true,"absences":[[3,4]]}' &&
        has out '"restored":false,"absences":[]}' || return
    ends 0 blame -f json --absences bridge@2 && ! grep -q '"absences":\[\[' out
}
t '--absences tells when words vanished and came back' gone
gone_passage()
{
    ends 0 whence bridge 'Nobody knows' &&
        has out 'first stood in revision 1 (2025-03-08); deleted in revision 3 (2025-03-10) and back in revision 4 (2025-03-11)' ||
        return
    ends 0 whence bridge 'so, says she' && has out '; some of it was deleted'
}
t 'whence says when a passage was deleted and came back' gone_passage

# ---- what is kept of the past ----

own=$HOME/.local/share/stemma/archive
kept=$own/stemma/trace/bridge
kept_mode()
{
    rm -rf "${kept%/*}" && (umask 077 && ends 0 blame bridge) &&
        [ "$(stat -c %a "$kept")" = 600 ] && rm "$kept" &&
        (umask 022 && ends 0 blame bridge) &&
        [ "$(stat -c %a "$kept")" = 644 ] &&
        [ "$(find "${kept%/*}" -type f)" = "$kept" ]
}
t 'what is kept has the permissions that the umask gives' kept_mode
# same - all answers are as they are without what is kept.
same()
{
    cp -r "$own" bare && rm -rf bare/stemma/trace || return
    for number in 3 1 5 2 4 latest; do
        for format in json term; do
            "$STEMMA" blame --absences -f $format "bridge@$number" >with &&
                "$STEMMA" blame --absences -f $format --archive bare \
                    "bridge@$number" >without &&
                rm -rf bare/stemma/trace && cmp with without || return
        done
    done
    "$STEMMA" history --paragraph=1 "bridge@$1" >with &&
        "$STEMMA" history --paragraph=1 --archive bare "bridge@$1" >without &&
        cmp with without && rm -rf bare
}
t 'answers are the same with the past that is kept and without it' same 4

kept_whole()
{
    rm -rf "$own/stemma/trace"
    ends 0 blame bridge && [ -s "$kept" ]
}
t 'the past is kept, and that it was not yet is no news' kept_whole

# again WHAT - the past is made again, which is said.
again()
{
    stemma blame -f json bridge
    [ "$status" -eq 0 ] && cmp out whole && has err 'damaged' &&
        [ "$(wc -l <err)" -eq 1 ] && ends 0 blame bridge
}
damaged()
{
    ends 0 blame -f json bridge && cp out whole || return
    cp "$kept" good
    head -c 700 good >"$kept" && again || return
    echo nonsense >"$kept" && again || return
    tr 'b' 'c' <good >"$kept" && again || return
    : >"$kept" && again
}
t 'a past that is damaged is made again, with a line on stderr' damaged

past_changed()
{
    keep 2025-03-08T12:00:00Z 'The bridge is open.\n' && same 5 &&
        ends 0 blame -W 80 bridge &&
        has out '     1 2025-03-08 │ Nobody knows why it is so{6:, says she}.'
}
t 'a revision that is dated back is no part of what was kept' past_changed

appended()
{
    keep 2025-03-13 'Nobody knows why it is so, says she.\n\nIt is gone.\n' &&
        same 6 && ends 0 blame -W 80 bridge && has out '{7:gone}'
}
t 'a revision more is told like any other' appended

unwritable()
{
    cp -r "$own" closed && rm -rf closed/stemma/trace || return
    chmod -R a-w closed
    ends 0 blame --archive closed bridge
    chmod -R u+w closed
    [ "$status" -eq 0 ] && [ ! -s err ]
}
t 'an archive that cannot be written to is told of all the same' unwritable
