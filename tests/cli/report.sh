#!/bin/sh
# Pages for a browser: of a comparison, and of a story's whole history.

# shellcheck disable=SC1091,SC2154,SC2317
. "$TOP/tests/cli/tap"

# keep DATE TEXT - a revision of the story "bridge".
keep()
{
    printf '%b' "$2" >bridge.txt
    stemma track --date="$1" --source=https://example.org/b bridge.txt
}
keep 2025-03-08 'The bridge is closed.\n\nNobody knows why it is so.\n'
keep 2025-03-09 'The old bridge is closed.\n\nNobody knows why it is so.\n'
keep 2025-03-11 'Nobody knows why it is so.\n\nThe old bridge is closed.\n'
keep 2025-03-12 'Nobody knows why.\n\nThe old bridge is closed, says 1 man.\n'

hash_of()
{
    "$STEMMA" show --raw "$1" | sha256sum | cut -d' ' -f1
}

revision()
{
    ends 1 compare --format=html bridge@1 bridge@4 &&
        has out "\"sha256\":\"$(hash_of bridge@1)\",\"name\":\"bridge@1\",\"story\":\"bridge\",\"revision\":1" &&
        has out '2025-03-12T00:00:00Z, <bdi>https://example.org/b</bdi>'
}
t 'the page of two revisions tells hashes, times and sources' revision

whole()
{
    ends 0 report bridge || return
    for pair in 1-2 2-3 3-4; do
        has out "<details id=p$pair>" || return
    done
    for pair in 1-3 1-4 2-4; do
        has out "<template id=p$pair>" || return
    done
    for k in 1 2 3 4; do
        has out "SHA-256 <code>$(hash_of bridge@$k)</code>" || return
    done
    has out 'in 4 revisions' && [ ! -s err ]
}
t 'report has every pair of revisions and every hash' whole

until_then()
{
    ends 0 report bridge@2 && has out 'in 2 revisions' && lacks out p2-3
}
t 'report of a revision is the history up to it' until_then

limited()
{
    stemma report --limit=0 bridge
    [ "$status" -eq 0 ] && lacks out '<template' &&
        has out 'so that the page stays small: 6 pairs' &&
        has err '6 pairs of revisions are not in the page'
}
t 'what does not fit is left out, and that is said' limited

file()
{
    ends 0 report -o page.html bridge && [ ! -s out ] &&
        ends 0 report bridge && cmp out page.html
}
t 'report writes a file, the same bytes each time' file

one()
{
    printf 'One.\n' >one.txt
    stemma track one.txt && ends 0 report one && has out 'in 1 revision<' &&
        has out '</html>'
}
t 'a story of one revision has a page too' one

missing()
{
    stemma report brigde
    [ "$status" -eq 2 ] && [ ! -s out ] && has err "there is no story 'brigde'"
}
t 'report of no story is trouble' missing
