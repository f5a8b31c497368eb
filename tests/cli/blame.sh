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
    ends 0 history --paragraph=2 bridge &&
        has out '   1  2025-03-08 00:00  paragraph 1, 5 words; until 1' &&
        has out 'paragraph 1, 6 words: 1 new, 5 of 5 kept; gone and restored'
}
t 'history tells the wordings of a paragraph' life
t 'history knows how many paragraphs there are' trouble \
    '--paragraph cannot be 9: revision 5 has 2 paragraphs' \
    history --paragraph=9 bridge
